/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
/* A livepatch in a few lines: functions that only say something, and the tables that put them in place. */
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/seq_file.h>

/* Defines what takes the place of a seq_file's show function. */
#define SAYS(function, text)                                                                                           \
	static int function(struct seq_file *file, void *unused)                                                       \
	{                                                                                                              \
		seq_puts(file, text "\n");                                                                             \
		return 0;                                                                                              \
	}

/* A row of an object's table of functions. The table ends with an empty row, as that of the objects does. */
#define REPLACES(old, new)                                                                                             \
	{                                                                                                              \
		.old_name = #old, .new_func = (new)                                                                    \
	}

/* Enables the patch that is called "patch" when the module is loaded. */
#define ENABLED_WHEN_LOADED                                                                                            \
	static int __init enable(void)                                                                                 \
	{                                                                                                              \
		return klp_enable_patch(&patch);                                                                       \
	}                                                                                                              \
	static void __exit leave(void)                                                                                 \
	{                                                                                                              \
	}                                                                                                              \
	module_init(enable);                                                                                           \
	module_exit(leave);                                                                                            \
	MODULE_LICENSE("GPL")

/* The whole of an ordinary livepatch: its table of objects, and whether it replaces what was loaded before it. */
#define LIVEPATCH(objects, replaces_all)                                                                               \
	static struct klp_patch patch = {                                                                              \
		.mod = THIS_MODULE,                                                                                    \
		.objs = (objects),                                                                                     \
		.replace = (replaces_all),                                                                             \
	};                                                                                                             \
	MODULE_INFO(livepatch, "Y");                                                                                   \
	ENABLED_WHEN_LOADED
