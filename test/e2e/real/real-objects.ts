/** Two web servers that say their own name, behind a Service and a host name; and a store that writes down its starts. */
export const OBJECTS = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      containers:
        - name: web
          image: ed8k.local/tools:1
          command: [sh, -c, "mkdir /tmp/www; hostname > /tmp/www/index.html; echo started; exec busybox httpd -f -p 8080 -h /tmp/www"]
          readinessProbe: { httpGet: { path: /, port: 8080 }, periodSeconds: 1 }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [{ name: http, port: 80, targetPort: 8080 }] }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec:
  ingressClassName: ed8k
  rules:
    - host: web--shop.ed8k.localhost
      http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: web, port: { name: http } } } }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: store, namespace: shop }
spec:
  serviceName: store
  selector: { matchLabels: { app: store } }
  template:
    metadata: { labels: { app: store } }
    spec:
      terminationGracePeriodSeconds: 1
      securityContext: { fsGroup: 10001 }
      containers:
        - name: store
          image: ed8k.local/tools:1
          command: [sh, -c, "echo start >> /data/starts; exec sleep 1000000"]
          volumeMounts: [{ name: data, mountPath: /data }]
  volumeClaimTemplates:
    - metadata: { name: data }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

/** A pod that may run on simulated nodes, and runs nowhere else. */
export const ON_SIMULATED = `
apiVersion: v1
kind: Pod
metadata: { name: played, namespace: shop }
spec:
  nodeSelector: { ed8k.dev/nodes: simulated }
  tolerations: [{ key: ed8k.dev/nodes, operator: Exists }]
  containers: [{ name: played, image: example.com/played }]
`;
