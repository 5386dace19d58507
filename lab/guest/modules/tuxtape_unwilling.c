// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Its own callback refuses. */
#include "livepatch.h"

SAYS(replacement, "never said")

static int refuse(struct klp_object *object)
{
	return -ENOSPC;
}

static struct klp_func functions[] = { REPLACES(cmdline_proc_show, replacement), {} };
static struct klp_object objects[] = { { .funcs = functions, .callbacks = { .pre_patch = refuse } }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Refuses to be enabled");
