package org.tuxtape.kpatch;

final class KlpBuilderContractTest extends BuilderContract {
    @Override
    LivepatchTool tool() {
        return LivepatchTool.KLP_BUILD;
    }
}
