import Foundation
import Glibc
import Storage
import TestSupport
import Testing
import Vocabulary

/// `serve` as a person starts and ends it; what it answers is tried with its module, and with browsers.
@Suite struct `The gallery` {
    private func makeArchive(_ bench: ProgramBench) async throws {
        try await FrameArchive.open(at: bench.archive).close()
    }

    @Test func `says where it is, and ends with a signal, also while somebody listens`() async throws {
        try await ProgramBench.with { bench in
            try await makeArchive(bench)
            let program = try bench.start("serve", "--listen", "0", "--metrics")
            #expect(try await program.says("The gallery is at http://127.0.0.1:"))
            let address = try #require(try program.messagesSoFar().firstMatch(of: #/http://127\.0\.0\.1:(\d+)/#))
            let listener = Process()
            listener.executableURL = URL(filePath: "/usr/bin/env")
            listener.arguments = ["curl", "-sN", "http://127.0.0.1:\(address.1)/api/v1/events"]
            let said = Pipe()
            listener.standardOutput = said
            try listener.run()
            #expect(!said.fileHandleForReading.availableData.isEmpty)
            let metrics = try await Curl.answer("http://127.0.0.1:\(address.1)/metrics")
            #expect(metrics.contains("printlapse_capturing 0\n") && metrics.contains("printlapse_archive_bytes "))
            #expect(try await Curl.answer("http://127.0.0.1:\(address.1)/healthz") == "ok\n")
            program.signal(SIGTERM)
            let result = try await program.result()
            #expect(result.status == 0)
            #expect(!result.isSignalled)
            try await listener.ended()
        }
    }

    @Test func `is not for other machines without a password, and with one warns that nothing is encrypted`()
        async throws
    {
        try await ProgramBench.with { bench in
            try await makeArchive(bench)
            let refused = try await bench.run("serve", "--listen", "0.0.0.0:0")
            #expect(refused.status == 64)
            #expect(refused.messages.contains("has no password"))
            #expect(refused.messages.contains("--set-password"))
            let set = try await bench.setPassword("a benchy in blue")
            #expect(set.status == 0, "\(set.messages)")
            let kept = bench.folder.appending(path: ".config/printlapse/gallery.password").path
            #expect(FileManager.default.permissions(of: kept) == 0o600)
            #expect(!(try String(contentsOfFile: kept, encoding: .utf8)).contains("benchy"))
            let program = try bench.start("serve", "--listen", "0.0.0.0:0")
            #expect(try await program.says("The gallery is at http://localhost:"))
            #expect(try program.messagesSoFar().contains("not encrypted"))
            program.signal(SIGINT)
            #expect(try await program.result().status == 0)
            #expect(try await bench.run("serve", "--remove-password").status == 0)
            #expect(!FileManager.default.fileExists(atPath: kept))
        }
    }

    @Test func `is for who knows the password, over TLS`() async throws {
        try await ProgramBench.with { bench in
            try await makeArchive(bench)
            let folder = try TemporaryFolder()
            let identity = try ServerIdentity(in: folder, name: "IP:127.0.0.1")
            let set = try await bench.setPassword("a benchy in blue")
            #expect(set.status == 0, "\(set.messages)")
            let program = try bench.start(
                "serve", "--listen", "0.0.0.0:0", "--certificate", identity.certificateFile, "--key", identity.keyFile)
            #expect(try await program.says("The gallery is at https://localhost:"))
            #expect(!(try program.messagesSoFar().contains("not encrypted")))
            let port = try #require(try program.messagesSoFar().firstMatch(of: #/localhost:(\d+)/#)).1
            let root = "https://127.0.0.1:\(port)"
            let trust = ["--cacert", identity.certificateFile]
            // Nothing without TLS, and nothing to who does not trust the certificate.
            #expect(try await Curl.answer("http://127.0.0.1:\(port)/").isEmpty)
            #expect(try await Curl.answer(root + "/").isEmpty)
            #expect(try await Curl.answer(root + "/", also: trust).contains("<title>"))
            #expect(try await Curl.answer("-i", root + "/api/v1/cameras", also: trust).contains(" 401"))
            #expect(try await Curl.logIn(at: root, password: "a benchy in red", also: trust) == nil)
            let login = try await Curl.answer(
                "-i", "-H", "Content-Type: application/json", "-d", #"{"password":"a benchy in blue"}"#,
                root + "/api/v1/login", also: trust)
            #expect(login.contains("Secure") && login.contains("HttpOnly") && login.contains("SameSite"), "\(login)")
            let cookie = try #require(try await Curl.logIn(at: root, password: "a benchy in blue", also: trust))
            #expect(try await Curl.answer(root + "/api/v1/cameras", also: trust + cookie).contains(#""items":[]"#))
            program.signal(SIGTERM)
            #expect(try await program.result().status == 0)
        }
    }

    @Test func `knows a password that was typed at a terminal, and is typed twice`() async throws {
        try await ProgramBench.with { bench in
            try await makeArchive(bench)
            func type(_ first: String, _ second: String) async throws -> Program.Result {
                let terminal = try TestTerminal()
                defer { close(terminal.near) }
                let program = try Program(
                    ["serve", "--set-password"], in: bench.folder, input: terminal.far)
                for (prompt, password) in [("new password:", first), ("once more:", second)] {
                    try await wait(for: "the prompt") {
                        try program.messagesSoFar().contains(prompt) && !terminal.echoes || !program.isRunning
                    }
                    terminal.type(password + "\n")
                }
                let result = try await program.result()
                #expect(!terminal.shown().contains("benchy"))
                return result
            }
            let different = try await type("a benchy in blue", "a benchy in bleu")
            #expect(different.status == 1)
            #expect(different.messages.contains("not the same; nothing was changed"))
            #expect(try await type("a benchy in blue", "a benchy in blue").status == 0)
            let program = try bench.start("serve", "--listen", "0")
            #expect(try await program.says("The gallery is at"))
            let port = try #require(try program.messagesSoFar().firstMatch(of: #/127\.0\.0\.1:(\d+)/#)).1
            #expect(try await Curl.logIn(at: "http://127.0.0.1:\(port)", password: "a benchy in blue") != nil)
            program.signal(SIGINT)
            #expect(try await program.result().status == 0)
        }
    }

    @Test func `wants a password that is one`() async throws {
        try await ProgramBench.with { bench in
            let set = try await bench.setPassword("short")
            #expect(set.status == 64)
            #expect(set.messages.contains("at least 8 characters"))
        }
    }

    @Test func `tells why it cannot listen, or has nothing to show`() async throws {
        try await ProgramBench.with { bench in
            #expect(try await bench.run("serve").status == 10)
            try await makeArchive(bench)
            let first = try bench.start("serve", "--listen", "0")
            #expect(try await first.says("The gallery is at"))
            let port = try #require(try first.messagesSoFar().firstMatch(of: #/127\.0\.0\.1:(\d+)/#)).1
            let second = try await bench.run("serve", "--listen", String(port))
            #expect(second.status == 1)
            #expect(second.messages.contains("nothing can listen at 127.0.0.1:\(port)"))
            first.signal(SIGTERM)
            _ = try await first.result()
            for words in [["--listen", "x:y"], ["--certificate", "a"], ["--set-password", "--remove-password"]] {
                let result = try await Program(["serve"] + words, in: bench.folder).result()
                #expect(result.status == 64, "\(words)")
            }
            let certificate = try await bench.run(
                "serve", "--listen", "0", "--certificate", "/none.pem", "--key", "/none.pem")
            #expect(certificate.status == 64)
            #expect(certificate.messages.contains("the certificate of /none.pem cannot be used"))
        }
    }
}
