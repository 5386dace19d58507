package org.tuxtape.feeds.internal.record;

import java.util.Optional;
import org.tuxtape.core.cve.CveId;

/**
 * The files of one CVE.
 *
 * @param id the CVE that they are named for
 * @param isRejected whether they lie where rejected ones do, which is all that tells so in the CNA's tree
 * @param json the record
 * @param dyad the introduced/fixed pairs; empty if there is no such file
 * @param cvss the rating with its rationale; empty if there is no such file
 */
public record RecordFiles(CveId id, boolean isRejected, Content json, Optional<Content> dyad, Optional<Content> cvss) {}
