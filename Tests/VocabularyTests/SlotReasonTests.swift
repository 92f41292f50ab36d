import Testing
import Vocabulary

@Suite struct `A slot's reason` {
    @Test(arguments: SlotReason.Word.allCases)
    func `has a label for programs and a phrase for people`(word: SlotReason.Word) {
        let reason = SlotReason(word)
        #expect(SlotReason(label: reason.label).word == word)
        #expect(!reason.phrase.contains("_"))
        #expect(reason.label.allSatisfy { $0.isLowercase || $0 == "_" })
    }

    @Test func `of the host of the pictures says so`() {
        let reason = SlotReason(label: "picture_not_found")
        #expect(reason.isKnown)
        #expect(SlotOutcome.noPicture.phrase(because: reason) == "no picture: the picture's host: not found (404)")
    }

    @Test func `of another version is kept as it is, and read as well as can be`() {
        let reason = SlotReason(label: "a_label_to_come")
        #expect(reason.word == nil)
        #expect(!reason.isKnown)
        #expect(reason.label == "a_label_to_come")
        #expect(SlotOutcome.missed.phrase(because: reason) == "missed: a label to come")
    }
}
