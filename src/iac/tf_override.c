/* SPDX-License-Identifier: MIT */
/* Which files Terraform reads, and which of them change what others declare [11.19]. */
#include "tf.h"

static const char *const config_suffixes[] = { ".tf", ".tofu", ".tf.json", ".tofu.json" };

/* Generated or vendored: never read, never edited [7.7]. */
static const char *const skipped_dirs[] = { ".terraform", "cdk.out", ".aws-sam", ".serverless",
					    ".terragrunt-cache" };

bool tf_is_generated(str path)
{
	for (;;) {
		size_t slash = str_find(path, S("/"), 0);
		if (slash == SIZE_MAX)
			return false;
		str part = str_sub(path, 0, slash);
		for (size_t i = 0; i < sizeof(skipped_dirs) / sizeof(*skipped_dirs); i++)
			if (str_eq(part, str_from(skipped_dirs[i])))
				return true;
		path = str_sub(path, slash + 1, path.n);
	}
}

/* The name without its configuration suffix; false for other files. */
static bool config_stem(str path, str *stem)
{
	for (size_t i = 0; i < sizeof(config_suffixes) / sizeof(*config_suffixes); i++) {
		str suffix = str_from(config_suffixes[i]);
		if (str_ends(path, suffix)) {
			*stem = str_sub(path, 0, path.n - suffix.n);
			return true;
		}
	}
	return false;
}

bool tf_is_config(str path)
{
	str stem;
	str base = path_base(path);
	/* Terraform ignores hidden files and editors' leftovers. */
	return !str_starts(base, S(".")) && !str_starts(base, S("#")) && config_stem(path, &stem) &&
	       !tf_is_generated(path);
}

bool tf_is_override(str path)
{
	str stem;
	if (!config_stem(path, &stem))
		return false;
	return str_eq(path_base(stem), S("override")) || str_ends(stem, S("_override"));
}

/* True when x.tf has a twin x.tofu (or the reverse): OpenTofu reads only the latter. */
bool tf_has_twin(const struct fileset *files, const struct file *f, struct arena *scratch)
{
	static const char *const pairs[][2] = { { ".tf", ".tofu" }, { ".tf.json", ".tofu.json" } };
	for (size_t i = 0; i < 2; i++)
		for (size_t side = 0; side < 2; side++) {
			str have = str_from(pairs[i][side]), other = str_from(pairs[i][!side]);
			if (!str_ends(f->path, have))
				continue;
			str stem = str_sub(f->path, 0, f->path.n - have.n);
			if (fileset_find(files, STR_CAT(scratch, stem, other)))
				return true;
		}
	return false;
}

/* What such a block becomes in the model is held by itself; the others say something of those. */
static bool is_held_alone(const struct tf_declared *b)
{
	static const char *const kinds[] = {
		"aws_kms_key",    "aws_kms_replica_key",       "aws_kms_key_policy",
		"aws_iam_policy", "aws_iam_policy_attachment", "aws_iam_policy_document",
		"aws_iam_role",   "aws_iam_role_policy",       "aws_iam_role_policy_attachment",
		"aws_iam_user",   "aws_iam_user_policy",       "aws_iam_user_policy_attachment",
		"aws_iam_group",  "aws_iam_group_policy",      "aws_iam_group_policy_attachment",
	};
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (str_eq(b->kind, str_from(kinds[i])))
			return true;
	return !tf_is_entity(b) && !str_eq(b->type, S("module"));
}

/* Which key it is, who is in a group or what a module is given is not known then [11.19]. */
void tf_override(struct tf_declared *b)
{
	if (!b->overridden && !is_held_alone(b))
		issue_add(b->dir->model->arena, &b->dir->issues, "TF-OVERRIDE",
			  "the module is not fully known: an override file, a second declaration "
			  "or a file of OpenTofu changes '%.*s'",
			  STR_ARG(b->address));
	b->overridden = true;
}

str tf_override_of(const struct tf_declared *b, uint32_t nth)
{
	return str_fmt(b->dir->model->arena, "override %u of %.*s", (unsigned)nth,
		       STR_ARG(b->address));
}
