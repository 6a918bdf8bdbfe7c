/* SPDX-License-Identifier: MIT */
/*
 * The hold codes by rank: where several apply, the first is the one to resolve first, because the
 * later ones may go away with it. Scripts rely on the names; never reuse one for something else.
 *
 * `unlock` says what the user can do today. Where that is only planned, it says so, and where it
 * would change who has access without a decision of the user's, there is none.
 */
#include <string.h>

#include "kmsfix/plan.h"

#define WITHOUT_STRICT "run without --strict: it has no effect, so it is removed"

const struct hold_code hold_codes[] = {
	/* the text is not understood */
	{ "TF-DYNAMIC", "Terraform computes this text from values that are not known",
	  "write the policy out, with references only where single values stand" },
	{ "CFN-DYNAMIC", "CloudFormation computes this text from values that are not known",
	  "write the policy out, with Fn::If around whole statements at most, and without macros, "
	  "imports, loops and merge keys" },
	{ "SLS-DYNAMIC",
	  "the Serverless Framework computes this text from values that are not known",
	  "write the policy out, without variables of the framework and merge keys" },
	{ "TF-OVERRIDE", "an override file changes this block",
	  "move what the override file says into the block itself" },
	{ "SHARED-TEXT", "one text stands in several places that cannot all change alike",
	  "give each place a text of its own" },
	{ "IGNORE-FORM", "a kmsfix:ignore here does not say why, or until when",
	  "write kmsfix:ignore REASON, and a last day as exp:YYYY-MM-DD or none" },
	/* kind of document */
	{ "BOUNDARY-DOC", "the policy is used as a permissions boundary", NULL },
	{ "SHARED-DOC", "one document is used for policies of different kinds",
	  "give each kind of policy a document of its own" },
	{ "JSON-KIND", "nothing in the repository says what kind of policy this file is",
	  "say so in \"policies\" of .kmsfix.json" },
	/* action */
	{ "ADMIN", "the statement allows every action", "list the actions that are needed" },
	{ "NOTACTION", "the statement allows every action but some (NotAction)",
	  "list the actions that are needed in Action" },
	{ "ACTION-FORM", "the action is in no form that AWS documents",
	  "write the action as 'kms:' and its name" },
	{ "ACTION-WILD", "the action pattern covers other actions too", NULL },
	/* resource */
	{ "NOTRESOURCE", "the statement is for every resource but some (NotResource)",
	  "name the keys in Resource" },
	{ "RES-ALL", "the statement is for every key of every account (\"*\")",
	  "name the keys, or say in \"keys\" of .kmsfix.json which keys it is used for, or use "
	  "--evidence and --accept RES-ALL" },
	{ "RES-WILD", "the resource pattern also matches keys that are not in the repository",
	  "name the keys, or say in \"keys\" of .kmsfix.json which keys it is used for, or use "
	  "--evidence and --accept RES-WILD" },
	{ "UNUSED", "nobody used the permission in the days that the logs cover",
	  "remove it, or use --accept UNUSED: no events is no proof that nobody needs it" },
	{ "RES-VAR", "the resource depends on a policy variable",
	  "name the keys instead of the variable" },
	{ "RES-FORM", "the resource is no ARN, which AWS does not accept here",
	  "write the ARN of the key" },
	{ "ALIAS-RES", "the resource is an alias, which does not identify a key", WITHOUT_STRICT },
	{ "NO-MATCH", "the ARN is not that of the key: another Region, account or id",
	  "correct the ARN, or say in \"keys\" of .kmsfix.json which key it means" },
	/* key */
	{ "KEY-EXTERNAL", "the key is not in the repository",
	  "say in \"keys\" of .kmsfix.json which key here it is, use --key-answers, or ask its "
	  "owner for a grant (--requests)" },
	{ "XACCT", "principal and key are in different accounts, so both policies are needed",
	  NULL },
	{ "ACCT-UNKNOWN", "principal and key are not known to be in one account",
	  "say in \"accounts\" of .kmsfix.json which directory is which account" },
	{ "PARTITION", "the ARN and the key are in different partitions",
	  "correct the ARN, or take its partition from the tool (data.aws_partition, "
	  "AWS::Partition)" },
	{ "MRK", "the statement also reaches replicas of the key that cannot be changed with it",
	  "declare the key of each Region, with its policy, in the repository" },
	{ "UNIT", "principal and key are not applied together",
	  "run with --phased: grants are committed first, to be applied first" },
	{ "MODULE", "a module outside the repository takes the policy or owns the key",
	  "declare the policy and the key as resources of the repository" },
	{ "AWS-MANAGED", "the key is managed by AWS, and its policy cannot be changed",
	  WITHOUT_STRICT },
	/* key policy */
	{ "KEY-POLICY-UNSET", "the key has no policy in the repository",
	  "write the policy out, name the key in \"default_key_policy\" of .kmsfix.json, or use "
	  "--key-answers" },
	{ "KEY-2WRITERS", "two resources write, or would write, the policy of this key",
	  "keep one of the two; where a block makes several keys, give each an "
	  "aws_kms_key_policy" },
	{ "KEY-STATE", "KMS would not take a new policy for this key as it is",
	  "cancel the deletion of the key; take principals that no longer exist out of its "
	  "policy" },
	{ "KEY-IGNORED", "changes of the key policy are ignored (ignore_changes)",
	  "take the policy out of ignore_changes" },
	{ "KEY-MULTI", "one text is the policy of several keys",
	  "name the key by its index and write its policy in the resource itself, or declare it "
	  "without count and for_each" },
	{ "KEY-TEXT", "the key policy is a text into which no reference can be written",
	  "write the key policy so that it can refer to things: with jsonencode(), as an "
	  "aws_iam_policy_document, or with Fn::Sub" },
	{ "DELEG-COND", "the key policy lets IAM policies count only under conditions that clash",
	  NULL },
	{ "DELEG-RES", "the key policy names resources, so it may not let IAM policies count",
	  NULL },
	{ "NO-DELEGATION", "the key policy does not let IAM policies count for this action",
	  WITHOUT_STRICT },
	/* who */
	{ "DRIFT", "the account is not as the code says",
	  "apply the code, or correct it, and ask the account again" },
	{ "ATTACH-UNKNOWN", "the repository does not show who has this policy",
	  "attach it in the repository, list it in \"attachments\" of .kmsfix.json, or use "
	  "--account-details" },
	{ "ROLE-UNRESOLVED", "the principal's ARN is not known for sure",
	  "name the role by a reference to its resource or data source, or use --account-details" },
	{ "USER", "a key policy does not respect the permissions boundary of a user",
	  "give the permission to a role, or let --account-details show that there is no "
	  "boundary" },
	{ "GROUP", "a group cannot be named in a key policy", NULL },
	{ "SSO", "the role of a permission set has no ARN that stays", NULL },
	{ "SERVICE-LINKED", "only its service can change what a service-linked role may do", NULL },
	/* condition */
	{ "COND-IAMONLY", "the condition key works in IAM policies only", NULL },
	{ "COND-UNKNOWN", "the condition is not known to mean the same in a key policy", NULL },
	{ "COND-FORALL", "KMS rejects this condition in a key policy", NULL },
	{ "COND-DEAD", "the condition can never hold for this action",
	  "take the condition out; what it makes dead is removed without --strict" },
	{ "VAR-VERSION", "policy variables mean something else under the other document's Version",
	  "give both documents the Version 2012-10-17" },
	/* result */
	{ "CONDITIONAL", "policy, principal and key do not exist under the same conditions",
	  "give them the same count, for_each or Condition, or none" },
	{ "EMPTY", "the policy, or a statement, could be left with nothing in it, and cannot go",
	  "remove what refers to the policy, or give it a statement, or the statement an action, "
	  "that is always there" },
	{ "SIZE", "the policy or template would be larger than AWS allows",
	  "shorten the policy or template by hand" },
	{ "CHARSET", "the key policy would hold a character that KMS does not accept",
	  "use characters up to U+00FF only" },
	{ "CYCLE", "the key policy would depend on itself through the role",
	  "declare the role's policies, or the key's, as resources of their own; --accept CYCLE "
	  "does that where it helps" },
	{ "PARTIAL", "some of its keys cannot be changed, and the statement cannot be split",
	  "write one statement for each key" },
	{ "TEMPLATE", "the chosen statement template does not grant this action",
	  "choose another template (--template exact)" },
};

const size_t hold_code_count = sizeof(hold_codes) / sizeof(*hold_codes);

const struct hold_code *hold_code_find(const char *code)
{
	for (size_t i = 0; i < hold_code_count; i++) {
		if (!strcmp(hold_codes[i].code, code))
			return &hold_codes[i];
	}
	return NULL;
}
