import HTTP
import TestSupport
import Testing
import Vocabulary

@testable import Stores

@Suite struct `The article about stores` {
    @Test func `has the labels of the faults`() throws {
        let store = try StoreLocation("/mnt/nas")
        let faults: [StoreError] = [
            .unreachable(store, .shutDown), .slow(store, within: .zero), .busy(store, code: "SlowDown", tried: .zero),
            .wrongBytes(store, "one", problem: ""), .full(store), .refused(store, code: "AccessDenied"),
            .expired(store),
            .missing(store, "one"), .clockSkew(store, server: nil, own: Timestamp(milliseconds: 0)), .noFolder(store),
            .notPrepared(store), .failing(store, reason: ""), .invalidAnswer(store, problem: ""),
        ]
        let article = try Article("printlapse", "ObjectStores")
        #expect(article.rows(under: "fault").map { $0[1] } == faults.map(\.label))
    }
}
