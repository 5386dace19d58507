/** What kpatch-build and klp-build print, as data: phases, functions, remarks, and why there is no module. */
package org.tuxtape.kpatch.internal.diagnosis;
