import Foundation

/// The program `curl`, asking a gallery.
enum Curl {
    /// Begins to ask; what comes is left where it is.
    static func start(_ arguments: String...) throws -> Process {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "-s"] + arguments
        process.standardOutput = Pipe()
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// What is answered within 20 s; empty where nothing is.
    static func answer(_ arguments: String..., also more: [String] = []) async throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["curl", "-s", "--max-time", "20"] + arguments + more
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return await withCheckedContinuation { continuation in
            Thread.detachNewThread {
                let data = output.fileHandleForReading.readDataToEndOfFile()
                // A picture's bytes have a character each in Latin-1.
                let text = String(data: data, encoding: .utf8) ?? String(data: data, encoding: .isoLatin1)
                continuation.resume(returning: text ?? "")
            }
        }
    }

    /// The cookie of who gave the password, as an argument; `nil` where it was refused.
    static func logIn(at root: String, password: String, also more: [String] = []) async throws -> [String]? {
        let answer = try await answer(
            "-i", "-H", "Content-Type: application/json", "-d", #"{"password":"\#(password)"}"#, root + "/api/v1/login",
            also: more)
        return answer.firstMatch(of: #/(printlapse_session=[^;\s]+)/#).map { ["-H", "Cookie: \($0.1)"] }
    }
}
