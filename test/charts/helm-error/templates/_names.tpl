{{- define "names.host" -}}
{{ .Values.ingress.host }}
{{- end -}}
