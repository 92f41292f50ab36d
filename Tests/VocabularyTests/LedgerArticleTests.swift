import TestSupport
import Testing
import Vocabulary

@Suite struct `The article about the ledger` {
    private let article: Article

    init() throws {
        article = try Article("printlapse", "Ledger")
    }

    @Test func `has every reason, with its phrase`() {
        let reasons = SlotReason.Word.allCases.map { [$0.rawValue, $0.phrase] }
        #expect(article.rows(under: "reason") == reasons)
    }

    @Test func `has every outcome, and which of them are failures`() {
        let outcomes = SlotOutcome.allCases.map { [$0.rawValue, $0.isFailure ? "yes" : "no"] }
        #expect(article.rows(under: "outcome").map { [$0[0], $0[1]] } == outcomes)
    }

    @Test func `has everything that a picture is suspected of, and what is left out of exports`() {
        let kinds = Suspicion.Kind.allCases.map { [$0.rawValue, $0.isDoubtful ? "yes" : "no"] }
        #expect(article.rows(under: "suspicion").map { [$0[0], $0[1]] } == kinds)
    }
}
