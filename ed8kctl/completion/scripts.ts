/** Each script asks `ed8kctl __complete` with the words so far, the last of which is being typed. */
const SCRIPTS = {
  bash: `_ed8kctl() {
  local IFS=$'\\n'
  COMPREPLY=($(ed8kctl __complete "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null))
}
complete -o default -F _ed8kctl ed8kctl`,
  zsh: `_ed8kctl() {
  local -a found
  found=("\${(@f)$(ed8kctl __complete "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  compadd -a found
}
compdef _ed8kctl ed8kctl`,
  fish: `function __ed8kctl_complete
  set -l words (commandline -opc) (commandline -ct)
  ed8kctl __complete $words[2..-1] 2>/dev/null
end
complete -c ed8kctl -f -a '(__ed8kctl_complete)'`,
} as const;

/** What a shell evaluates to complete `ed8kctl`. */
export function completionScript(shell: keyof typeof SCRIPTS): string {
  return SCRIPTS[shell];
}
