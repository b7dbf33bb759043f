{{/* The name of everything here, also of what is cluster-wide: two releases must differ in it. */}}
{{- define "ecs-bridge.name" -}}
{{- if contains .Chart.Name .Release.Name }}{{ .Release.Name }}{{ else }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}
{{- end }}

{{- define "ecs-bridge.serviceAccount" -}}
{{ .Values.serviceAccount.name | default (include "ecs-bridge.name" .) }}
{{- end }}

{{- define "ecs-bridge.selector" -}}
app.kubernetes.io/name: {{ .Chart.Name }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "ecs-bridge.labels" -}}
{{ include "ecs-bridge.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{/* The names of the custom resource definitions of the kinds that are run, as a JSON list; the files of files/crds are named for them. */}}
{{- define "ecs-bridge.crds" -}}
{{- $names := list }}
{{- $found := list }}
{{- range $path, $file := .Files.Glob "files/crds/*.yaml" }}
{{- $kind := ($file | toString | fromYaml).spec.names.kind }}
{{- if or (not $.Values.kinds) (has $kind $.Values.kinds) }}
{{- $names = append $names (trimSuffix ".yaml" (base $path)) }}
{{- $found = append $found $kind }}
{{- end }}
{{- end }}
{{- range .Values.kinds }}
{{- if not (has . $found) }}
{{- fail (printf "kinds: there is no kind %s" .) }}
{{- end }}
{{- end }}
{{- if and (has "EksFargateProfile" .Values.kinds) (not .Values.aws.eksClusterName) }}
{{- fail "kinds: EksFargateProfile wants aws.eksClusterName, the name of this cluster in Amazon EKS" }}
{{- end }}
{{- toJson $names }}
{{- end }}

{{/* What the operator does with its own kinds, and no more. */}}
{{- define "ecs-bridge.rules" -}}
{{- $resources := list }}
{{- $statuses := list }}
{{- range include "ecs-bridge.crds" . | fromJsonArray }}
{{- $resource := splitList "." . | first }}
{{- $resources = append $resources $resource }}
{{- $statuses = append $statuses (printf "%s/status" $resource) }}
{{- end }}
# To see what is wanted, and to patch finalizers.
- apiGroups: [ecs-bridge.dev]
  resources: {{ toJson $resources }}
  verbs: [get, list, watch, patch]
- apiGroups: [ecs-bridge.dev]
  resources: {{ toJson $statuses }}
  verbs: [patch]
- apiGroups: [events.k8s.io]
  resources: [events]
  verbs: [create, patch]
{{- end }}
