// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Leaves a state in the kernel: one that replaces it has to know of that state. */
#include "livepatch.h"

SAYS(stateful_uptime, "patched by tuxtape_stateful")

static struct klp_func functions[] = { REPLACES(uptime_proc_show, stateful_uptime), {} };
static struct klp_object objects[] = { { .funcs = functions }, {} };
static struct klp_state states[] = { { .id = 7, .version = 1 }, {} };
static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objects,
	.states = states,
};

MODULE_INFO(livepatch, "Y");
ENABLED_WHEN_LOADED;

MODULE_DESCRIPTION("Changes /proc/uptime and keeps a state");
