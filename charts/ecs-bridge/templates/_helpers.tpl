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
{{- if and (has "WorkloadBridge" .Values.kinds) (not (has "EcsService" .Values.kinds)) }}
{{- fail "kinds: WorkloadBridge makes EcsServices, and wants the kind EcsService beside it" }}
{{- end }}
{{- if and (has "EksFargateProfile" .Values.kinds) (not .Values.aws.eksClusterName) }}
{{- fail "kinds: EksFargateProfile wants aws.eksClusterName, the name of this cluster in Amazon EKS" }}
{{- end }}
{{- toJson $names }}
{{- end }}

{{/* Whether pods of all namespaces are listed, for Fargate profiles. */}}
{{- define "ecs-bridge.selectsPods" -}}
{{- if and .Values.aws.eksClusterName (has "eksfargateprofiles.ecs-bridge.dev" (include "ecs-bridge.crds" . | fromJsonArray)) }}true{{ end }}
{{- end }}

{{/* Not empty where Secrets are read: the administrator wants it, and the kind that does it is run. */}}
{{- define "ecs-bridge.readsSecrets" -}}
{{- if and .Values.secrets.sync (has "secretsmanagersecrets.ecs-bridge.dev" (include "ecs-bridge.crds" . | fromJsonArray)) }}true{{ end }}
{{- end }}

{{/* Not empty where annotations on Services ask for names in Cloud Map. */}}
{{- define "ecs-bridge.namesServices" -}}
{{- if and .Values.cloudMap.annotations (has "cloudmapservices.ecs-bridge.dev" (include "ecs-bridge.crds" . | fromJsonArray)) }}true{{ end }}
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
{{- if has "workloadbridges.ecs-bridge.dev" (include "ecs-bridge.crds" . | fromJsonArray) }}
# A bridge makes an EcsService, and scales it and the Deployment.
- apiGroups: [ecs-bridge.dev]
  resources: [ecsservices]
  verbs: [create, delete]
- apiGroups: [ecs-bridge.dev]
  resources: [ecsservices/scale]
  verbs: [patch]
- apiGroups: [apps]
  resources: [deployments]
  verbs: [get, list, watch]
- apiGroups: [apps]
  resources: [deployments/scale]
  verbs: [patch]
# What a Deployment refers to, and who else scales it. Secrets are none of it.
- apiGroups: [""]
  resources: [configmaps]
  verbs: [get, list, watch]
- apiGroups: [""]
  resources: [serviceaccounts, persistentvolumeclaims]
  verbs: [get]
# The tasks are behind a Service as EndpointSlices; who registers its pods with a load balancer does not see them.
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [create, patch, delete]
- apiGroups: [elbv2.k8s.aws, eks.amazonaws.com]
  resources: [targetgroupbindings]
  verbs: [list]
{{- if not (include "ecs-bridge.selectsPods" .) }}
- apiGroups: [""]
  resources: [pods]
  verbs: [list]
{{- end }}
- apiGroups: [autoscaling]
  resources: [horizontalpodautoscalers]
  verbs: [list, watch]
{{- if not (has "cloudmapservices.ecs-bridge.dev" (include "ecs-bridge.crds" . | fromJsonArray)) }}
# A CloudMapService, whoever runs them here, gives a Service the name that tasks call it by.
- apiGroups: [ecs-bridge.dev]
  resources: [cloudmapservices]
  verbs: [list]
{{- end }}
{{- if include "ecs-bridge.readsSecrets" . }}
# With spec.secrets.sync, a bridge makes a SecretsManagerSecret for each Secret; what that names is copied below.
- apiGroups: [ecs-bridge.dev]
  resources: [secretsmanagersecrets]
  verbs: [create, delete]
{{- end }}
{{- end }}
{{- $crds := include "ecs-bridge.crds" . | fromJsonArray }}
{{- if or (has "workloadbridges.ecs-bridge.dev" $crds) (has "cloudmapservices.ecs-bridge.dev" $crds) }}
# Services, and what is behind them.
- apiGroups: [""]
  resources: [services]
  verbs: [list, watch]
- apiGroups: [discovery.k8s.io]
  resources: [endpointslices]
  verbs: [list, watch]
{{- end }}
{{- if include "ecs-bridge.namesServices" . }}
# A Service with the annotation asks for one.
- apiGroups: [ecs-bridge.dev]
  resources: [cloudmapservices]
  verbs: [create, delete]
{{- end }}
{{- if include "ecs-bridge.readsSecrets" . }}
# To copy those that a SecretsManagerSecret names, when they change.
- apiGroups: [""]
  resources: [secrets]
  verbs: [get, list, watch]
{{- end }}
{{- end }}
