package org.tuxtape.feeds.internal.record;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What a record says of one version of a product. An absent text is empty.
 *
 * @param productDefault the product's {@code defaultStatus}, which holds where no entry speaks
 */
record VersionStatus(
        String productDefault, String version, String lessThan, String lessThanOrEqual, String status, String type) {
    private static final String VENDOR = "Linux";
    private static final String UNSET = "unknown";

    /** The entries of all products that are the kernel, in their order. */
    static List<VersionStatus> ofKernel(JsonNode affected) {
        List<VersionStatus> entries = new ArrayList<>();
        for (JsonNode product : kernelProducts(affected)) {
            String productDefault = product.path("defaultStatus").stringValue(UNSET);
            for (JsonNode entry : RecordJson.elements(product.path("versions"))) {
                entries.add(new VersionStatus(
                        productDefault,
                        entry.path("version").stringValue(""),
                        entry.path("lessThan").stringValue(""),
                        entry.path("lessThanOrEqual").stringValue(""),
                        entry.path("status").stringValue(productDefault),
                        entry.path("versionType").stringValue("")));
            }
        }
        return entries;
    }

    static List<JsonNode> kernelProducts(JsonNode affected) {
        return RecordJson.elements(affected).stream()
                .filter(product -> product.path("vendor").stringValue("").equals(VENDOR)
                        && product.path("product").stringValue("").equals(VENDOR))
                .toList();
    }

    boolean isCommit() {
        return type.equals("git");
    }

    boolean isAffected() {
        return status.equals("affected");
    }

    boolean isUnaffected() {
        return status.equals("unaffected");
    }

    boolean isExceptionToAffected() {
        return productDefault.equals("affected");
    }

    boolean isFromTheBeginning() {
        return version.equals("0");
    }

    boolean isBounded() {
        return !lessThan.isEmpty() || !lessThanOrEqual.isEmpty();
    }
}
