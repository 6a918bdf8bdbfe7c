/* SPDX-License-Identifier: MIT */
/* trailer - the last lines of our commit messages, by which programs know them: Name: value. */
#ifndef KMSFIX_TRAILER_H
#define KMSFIX_TRAILER_H

#define TRAILER_VERSION "Kmsfix-Version" /* in every commit that we write */
#define TRAILER_FINDING "Kmsfix-Finding" /* the id of a finding that the commit fixes */
#define TRAILER_GROUP "Kmsfix-Group"     /* "unit infra/prod": which group of --group-by it is */
#define TRAILER_TREE "Kmsfix-Tree"       /* the commit's tree: it differs once somebody amends it */
#define TRAILER_CHANGE "Kmsfix-Change"   /* what it changes: the same once somebody rebased it */
#define TRAILER_SIGNOFF "Signed-off-by"

#endif
