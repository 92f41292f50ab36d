import Foundation
import TestSupport
import Testing

/// The article's examples are the text of a program that is built and run, by scripts/check-samples.
@Suite struct `What a first program shows of the tunnel` {
    @Test func `is the text of the sample`() throws {
        let sample = try String(
            contentsOf: Article.root.appending(path: "Samples/ArchiveReport/Sources/ArchiveReport/Allowance.swift"),
            encoding: .utf8)
        let examples = try Article("Tunnel", "GettingStarted").examples(in: "swift").filter {
            !$0.contains(".package(")
        }
        #expect(examples.count >= 3)
        for example in examples { #expect(sample.contains(example), "\(example)") }
    }
}
