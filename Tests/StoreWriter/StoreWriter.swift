import Foundation
import NIOCore
import Stores
import Vocabulary

/// What a store in a folder is asked, by a process of its own: tests kill it, or let its system calls fail.
///
/// `StoreWriter STORE put FILE NAME`, `read NAME LENGTH`, `list`, `remove NAME` or `prepare`. A line on standard output says what
/// became of it; where it failed, it is an error's label.
@main
struct StoreWriter {
    static func main() async {
        let words = CommandLine.arguments.dropFirst()
        do {
            guard let place = words.first, let verb = words.dropFirst().first else { exit(64) }
            let store = try StoreLocation(place).open(in: ProcessInfo.processInfo.environment)
            print(try await answer(of: store, to: verb, Array(words.dropFirst(2))))
        } catch {
            let explained = error as? StoreError
            print(explained?.label ?? "\(error)")
            FileHandle.standardError.write(Data("\(explained?.message ?? "")\n".utf8))
            exit(1)
        }
    }

    private static func answer(
        of store: any ObjectStore, to verb: String, _ words: [String]
    ) async throws -> String {
        switch verb {
        case "prepare":
            try await store.prepare()
            return "prepared"
        case "put":
            let bytes = try Data(contentsOf: URL(filePath: words[0]))
            let file = ObjectFile(
                path: words[0], size: Int64(bytes.count), sha256: SHA256Digest(hashing: ByteBuffer(bytes: bytes)))
            return "\(try await store.put(file, as: name(words[1])))"
        case "read":
            let bytes = try await store.read(name(words[0]), 0..<(Int64(words[1]) ?? 0))
            return "\(SHA256Digest(hashing: bytes))"
        case "list": return try await store.list("").map(\.name.rawValue).joined(separator: " ")
        case "remove":
            try await store.remove(name(words[0]))
            return "removed"
        default: exit(64)
        }
    }

    private static func name(_ text: String) -> ObjectName {
        guard let name = ObjectName(rawValue: text) else { exit(64) }
        return name
    }
}
