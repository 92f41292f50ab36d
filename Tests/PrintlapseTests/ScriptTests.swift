import Foundation
import TestSupport
import Testing

@Suite struct `The scripts` {
    /// With `pipefail` such a question is answered by who is quicker: a writer that goes on writing dies of it, and takes the
    /// answer along.
    @Test func `ask no pipe whose reader leaves at the first match`() throws {
        let scripts = try FileManager.default.contentsOfDirectory(
            at: Article.root.appending(path: "scripts"), includingPropertiesForKeys: [.isRegularFileKey]
        ).filter { try $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile == true }
        #expect(scripts.count > 3)
        for script in scripts {
            let lines = try String(contentsOf: script, encoding: .utf8).split(separator: "\n")
            #expect(lines.filter { $0.contains(/\| *grep +(-\w*q|--quiet|-m)/) } == [], "\(script.lastPathComponent)")
        }
    }
}
