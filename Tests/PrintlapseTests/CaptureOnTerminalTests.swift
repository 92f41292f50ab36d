import Foundation
import Testing

@Suite(.timeLimit(.minutes(1))) struct `A capture on a terminal of eight rows` {
    /// What it writes there while it captures fifteen cameras, none of which answers.
    private func said(onTerminal kind: String) async throws -> String {
        try await ProgramBench.with { bench in
            let cameras = (0..<15).map { "  - name: プリンタ \($0)\n    url: http://127.0.0.1:1/\n" }.joined()
            let path = try bench.file("config.yaml", "interval: 100ms\ncameras:\n" + cameras)
            // script(1) gives it a terminal.
            let program = try bench.start(
                "capture", "--slots", "3", "--config", path,
                tracedBy: ["sh", "-c", #"exec script -qec "stty rows 8 cols 70; $*" /dev/null"#, "sh"],
                environment: ["TERM": kind])
            let result = try await program.result()
            #expect(result.status == 1)
            return result.output
        }
    }

    @Test func `draws no more lines than there are rows`() async throws {
        let said = try await said(onTerminal: "xterm")
        let steps = said.matches(of: /\u{1B}\[([0-9]+)F/).compactMap { Int($0.1) }
        #expect(steps.max() == 7)
        #expect(said.contains("cameras more: 0 frames, "))
    }

    @Test func `draws nothing where the terminal is dumb`() async throws {
        let said = try await said(onTerminal: "dumb")
        #expect(said.contains("プリンタ 14"))
        #expect(!said.contains("\u{1B}"))
    }
}
