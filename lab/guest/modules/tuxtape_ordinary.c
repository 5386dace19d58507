// SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later
/* No livepatch at all. */
#include <linux/module.h>

static int __init enter(void)
{
	return 0;
}

static void __exit leave(void)
{
}

module_init(enter);
module_exit(leave);
MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Does nothing");
