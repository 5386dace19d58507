// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Wants to be a livepatch, and its modinfo does not say that it is one. */
#include "livepatch.h"

SAYS(replacement, "never said")

static struct klp_func functions[] = { REPLACES(cmdline_proc_show, replacement), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };
static struct klp_patch patch = { .mod = THIS_MODULE, .objs = objects };

ENABLED_WHEN_LOADED;

MODULE_DESCRIPTION("Patches without being marked");
