/* SPDX-License-Identifier: MIT */
/*
 * Modules that make roles and policies and are known by their documentation: which arguments hold
 * policy text, statements and ARNs to attach, and which outputs are what. A call is a role or a
 * policy
 * of the calling module.
 */
#include "document.h"
#include "kmsfix/limits.h"
#include "kmsfix/vec.h"
#include "tf.h"
#include "tf_bystander.h"
#include "value.h"

/* An argument and the one that must be true for it to count; NULL: it always does. */
struct switched {
	const char *name, *enabled;
};

#define AUTHORS "terraform-aws-modules/" /* of all of them */
#define IAM AUTHORS "iam/aws", "github.com/" AUTHORS "terraform-aws-iam"
#define LAMBDA AUTHORS "lambda/aws", "github.com/" AUTHORS "terraform-aws-lambda"

static const char *const role_apart[] = { "policies",
					  "inline_policy_permissions",
					  "source_inline_policy_documents",
					  "override_inline_policy_documents",
					  "role_policy_arns",
					  "custom_role_policy_arns",
					  "inline_policy_statements",
					  "permissions",
					  "source_policy_documents",
					  "override_policy_documents",
					  "amazon_managed_service_prometheus_workspace_arns",
					  "cert_manager_hosted_zone_arns",
					  "ebs_csi_kms_cmk_arns",
					  "ebs_csi_kms_cmk_ids",
					  "external_dns_hosted_zone_arns",
					  "external_secrets_kms_key_arns",
					  "external_secrets_secrets_manager_arns",
					  "external_secrets_ssm_parameter_arns",
					  "fsx_lustre_csi_service_role_arns",
					  "fsx_openzfs_csi_service_role_arns",
					  "karpenter_controller_node_iam_role_arns",
					  "karpenter_controller_ssm_parameter_arns",
					  "karpenter_sqs_queue_arn",
					  "load_balancer_controller_targetgroup_arns",
					  "mountpoint_s3_csi_bucket_arns",
					  "mountpoint_s3_csi_kms_arns",
					  "mountpoint_s3_csi_path_arns",
					  "node_termination_handler_sqs_queue_arns",
					  "velero_s3_bucket_arns",
					  NULL };
static const char *const lambda_apart[] = { "policies",
					    "policy",
					    "policy_json",
					    "policy_jsons",
					    "policy_statements",
					    "environment_variables",
					    "kms_key_arn",
					    "cloudwatch_logs_kms_key_id",
					    "dead_letter_target_arn",
					    "destination_on_failure",
					    "destination_on_success",
					    "event_source_mapping",
					    "allowed_triggers",
					    "image_uri",
					    "layers",
					    "source_path",
					    "s3_bucket",
					    "s3_existing_package",
					    "vpc_security_group_ids",
					    "vpc_subnet_ids",
					    "file_system_arn",
					    "number_of_policies",
					    NULL };

static const struct iam_module {
	const char *registry, *repository;
	const char *submodules[3]; /* alike in all that follows; NULL ends them */
	unsigned first, last;
	const char *arn, *name; /* outputs */
	bool role;              /* else a policy */
	const char *create;     /* argument that must not be false; `created` is its default */
	bool created;
	const char *boundary;
	struct switched text[2], statements[2], attach[2];
	const char *const *apart; /* arguments that the role itself does not depend on */
} iam_modules[] = {
	{ IAM, .submodules = { "modules/iam-policy" }, .first = 1, .last = 6, .arn = "arn",
	  .name = "name", .create = "create_policy", .created = true,
	  .text = { { "policy", NULL } } },
	{ IAM, .submodules = { "modules/iam-role", "modules/iam-role-for-service-accounts" },
	  .first = 6, .last = 6, .arn = "arn", .name = "name", .role = true, .create = "create",
	  .created = true, .boundary = "permissions_boundary",
	  .statements = { { "inline_policy_permissions", "create_inline_policy" } },
	  .attach = { { "policies", NULL } }, .apart = role_apart },
	{ IAM, .submodules = { "modules/iam-assumable-role" }, .first = 3, .last = 5,
	  .arn = "iam_role_arn", .name = "iam_role_name", .role = true, .create = "create_role",
	  .boundary = "role_permissions_boundary_arn",
	  .statements = { { "inline_policy_statements", NULL } },
	  .attach = { { "custom_role_policy_arns", NULL } }, .apart = role_apart },
	{ IAM, .submodules = { "modules/iam-assumable-role-with-oidc" }, .first = 3, .last = 5,
	  .arn = "iam_role_arn", .name = "iam_role_name", .role = true, .create = "create_role",
	  .boundary = "role_permissions_boundary_arn",
	  .statements = { { "inline_policy_statements", NULL } },
	  .attach = { { "role_policy_arns", NULL } }, .apart = role_apart },
	{ IAM,
	  .submodules = { "modules/iam-role-for-service-accounts-eks", "modules/iam-eks-role" },
	  .first = 4, .last = 5, .arn = "iam_role_arn", .name = "iam_role_name", .role = true,
	  .create = "create_role", .created = true, .boundary = "role_permissions_boundary_arn",
	  .attach = { { "role_policy_arns", NULL } }, .apart = role_apart },
	{ IAM, .submodules = { "modules/iam-github-oidc-role" }, .first = 5, .last = 5,
	  .arn = "arn", .name = "name", .role = true, .create = "create", .created = true,
	  .boundary = "permissions_boundary_arn", .attach = { { "policies", NULL } },
	  .apart = role_apart },
	{ LAMBDA, .submodules = { "" }, .first = 1, .last = 8, .arn = "lambda_role_arn",
	  .name = "lambda_role_name", .role = true, .create = "create_role", .created = true,
	  .boundary = "role_permissions_boundary",
	  .text = { { "policy_json", "attach_policy_json" } },
	  .statements = { { "policy_statements", "attach_policy_statements" } },
	  .attach = { { "policies", "attach_policies" }, { "policy", "attach_policy" } },
	  .apart = lambda_apart },
};

static bool names_submodule(str source, const struct iam_module *m)
{
	for (size_t i = 0; m->submodules[i]; i++)
		if (tf_names_module(source, m->registry, m->repository, m->submodules[i]))
			return true;
	return false;
}

static const struct iam_module *module_of(const struct tf_declared *call)
{
	struct arena *a = call->dir->model->arena;
	const struct node *n = tf_attr(call->body, S("source"), a);
	unsigned major;
	str source;
	if (!str_eq(call->type, S("module")) || !n || !node_text(n, a, &source) ||
	    str_starts(source, S(".")) /* a local path */ || !str_has(source, S(AUTHORS)))
		return NULL;
	bool known = tf_module_version(call, &major);
	for (size_t i = 0; i < sizeof(iam_modules) / sizeof(*iam_modules); i++) {
		const struct iam_module *m = &iam_modules[i];
		if (names_submodule(source, m) &&
		    (!known || (m->first <= major && major <= m->last)))
			return m;
	}
	return NULL;
}

bool tf_is_iam_module(const struct tf_declared *call)
{
	return module_of(call) != NULL;
}

bool tf_iam_output_arn(struct tf_block *call, str output)
{
	const struct iam_module *m = module_of(&call->declared);
	return m && str_eq(output, str_from(m->arn));
}

bool tf_iam_output_name(struct tf_block *call, str output)
{
	const struct iam_module *m = module_of(&call->declared);
	return m && str_eq(output, str_from(m->name));
}

static bool is_true(const struct value *v)
{
	str text;
	return v && value_text(v, &text) && str_eq(text, S("true"));
}

bool tf_iam_role(struct tf_block *call, str *arn_output, bool *boundary)
{
	const struct iam_module *m = module_of(&call->declared);
	const struct value *create = m ? tf_argument(call, m->create) : NULL;
	if (!m || !m->role || (create ? !is_true(create) : !m->created))
		return false;
	*arn_output = str_from(m->arn);
	*boundary = tf_argument(call, m->boundary) != NULL;
	return true;
}

/* ---- policies ---- */

static bool counts(struct tf_block *call, const struct switched *s)
{
	return s->name && tf_argument(call, s->name) &&
	       (!s->enabled || is_true(tf_argument(call, s->enabled)));
}

static void no_removal(struct policy *p)
{
	p->removal.possible = false;
	p->removal.reason = S("it is made by a module");
}

static void add_own(struct tf_block *call, struct policy *p)
{
	struct model *m = call->module->model;
	struct attachment at = { .principal = call->principal,
				 .front = call,
				 .file = call->file,
				 .offset = call->node->start,
				 .guards = call->guards };
	if (!call->principal)
		issue_add(m->arena, &at.issues, "ROLE-UNRESOLVED",
			  "whether '%.*s' makes the role is not known", STR_ARG(call->address));
	VEC_PUSH(m->arena, &p->attachments, at);
}

static void text_policy(struct tf_block *call, const struct iam_module *m, const char *name)
{
	struct policy *p = tf_policy_new(call, m->role ? POLICY_INLINE : POLICY_MANAGED);
	const struct node *text = tf_attr(call->body, str_from(name), call->module->model->arena);
	p->limit = m->role ? LIMIT_INLINE_ROLE : LIMIT_MANAGED;
	no_removal(p);
	tf_policy_text(call, p, text);
	if (m->role) {
		add_own(call, p);
		return;
	}
	call->policy = p;
	tf_call_policy(call, p);
}

static void statements_policy(struct tf_block *call, const char *name)
{
	struct reader r = tf_reader(call);
	const struct value *list = tf_argument(call, name);
	struct policy *p = tf_policy_new(call, POLICY_INLINE);
	struct document *d = document_new(&r, list->origin);
	if (list->scope)
		d->scope = d->site.scope = list->scope;
	d->version = S("2012-10-17");
	p->limit = LIMIT_INLINE_ROLE;
	no_removal(p);
	tf_statement_objects(call, d, list);
	if (list->via)
		VEC_PUSH(r.model->arena, &d->vias, list->via);
	policy_use(r.model, p, d);
	for (size_t i = 0; i < d->statements.n; i++)
		policy_add_statement(r.model, p, d->statements.v[i]);
	add_own(call, p);
}

void tf_iam_policies(struct tf_block *call)
{
	const struct iam_module *m = module_of(&call->declared);
	for (size_t i = 0; m && i < 2; i++) {
		if (counts(call, &m->text[i]))
			text_policy(call, m, m->text[i].name);
		if (counts(call, &m->statements[i]))
			statements_policy(call, m->statements[i].name);
	}
}

static void attach_all(struct tf_block *call, const struct value *v)
{
	bool many = v->kind == VALUE_LIST || v->kind == VALUE_MAP;
	for (size_t i = 0; many && i < v->n; i++)
		tf_attach_own(call, value_inside(call->module->model->arena, v, i));
	if (!many)
		tf_attach_own(call, v);
}

void tf_iam_attachments(struct tf_block *call)
{
	const struct iam_module *m = module_of(&call->declared);
	bool known = true;
	for (size_t i = 0; m && i < 2; i++)
		if (counts(call, &m->attach[i])) {
			const struct value *v = tf_argument(call, m->attach[i].name);
			known &= tf_knows_arns(v);
			attach_all(call, v);
		}
	(call->base ? call->base : call)->attaches_known = known;
}

static bool is_named(const struct switched s[2], str argument)
{
	return (s[0].name && str_eq(argument, str_from(s[0].name))) ||
	       (s[1].name && str_eq(argument, str_from(s[1].name)));
}

bool tf_iam_takes_text(const struct tf_block *call, str argument)
{
	const struct iam_module *m = module_of(&call->declared);
	return m && is_named(m->text, argument);
}

bool tf_iam_takes_statements(const struct tf_block *call, str argument)
{
	const struct iam_module *m = module_of(&call->declared);
	return m && is_named(m->statements, argument);
}

bool tf_iam_attaches(const struct tf_block *call, str argument)
{
	const struct iam_module *m = module_of(&call->declared);
	return m && is_named(m->attach, argument);
}

bool tf_iam_apart(const struct tf_block *call, str output, str argument)
{
	const struct iam_module *m = module_of(&call->declared);
	if (!m || !m->role ||
	    (!str_eq(output, str_from(m->arn)) && !str_eq(output, str_from(m->name))))
		return false;
	for (size_t i = 0; m->apart[i]; i++)
		if (str_eq(argument, str_from(m->apart[i])))
			return true;
	return false;
}
