// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* Functions in which a kernel thread and a reader sleep: the transition has to wait for them. */
#include <linux/sched.h>
#include "livepatch.h"

SAYS(drowsy_wait, "patched by tuxtape_drowsy")

static void drowsy_nap(void)
{
	schedule_timeout_idle(HZ / 10);
}

static struct klp_func functions[] = {
	REPLACES(tuxtape_target_wait, drowsy_wait),
	REPLACES(tuxtape_target_nap, drowsy_nap),
	{},
};
static struct klp_object objects[] = { { .name = "tuxtape_target", .funcs = functions }, {} };

LIVEPATCH(objects, false);

MODULE_DESCRIPTION("Changes where tuxtape_target sleeps");
