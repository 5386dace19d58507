/** What a load would do, found out by looking, and what the kernel meant by refusing one. */
package org.tuxtape.livepatch.sysfs.internal.plan;
