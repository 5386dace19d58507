package org.tuxtape.kpatch;

final class KpatchBuilderContractTest extends BuilderContract {
    @Override
    LivepatchTool tool() {
        return LivepatchTool.KPATCH_BUILD;
    }
}
