import Testing
import Validation
import Vocabulary

@Suite struct `A verdict` {
    /// The ledger says by its label why a slot has no frame.
    @Test(arguments: FrameRejection.Verdict.allCases)
    func `is a reason of the ledger, by the same label`(verdict: FrameRejection.Verdict) {
        #expect(SlotReason(label: verdict.rawValue).word != nil, "SlotReason.Word wants a case for it")
    }

    @Test(arguments: FrameRejection.Verdict.allCases)
    func `says what to do`(verdict: FrameRejection.Verdict) {
        #expect(FrameRejection(verdict: verdict, description: "", receivedBytes: .zero).hint.hasSuffix("."))
    }
}
