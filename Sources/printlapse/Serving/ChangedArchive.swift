import Catalog
import Storage

/// The archive as visitors of its gallery change it.
struct ChangedArchive: Sendable {
    let path: String
    /// As this process writes to it, if it does; else it is opened for each change.
    let writer: FrameArchive?

    func change<Value>(_ work: (FrameArchive) async throws -> Value) async throws -> Value {
        if let writer { return try await work(writer) }
        let archive = try await FrameArchive.open(at: path, role: .edit)
        let value: Value
        do {
            value = try await work(archive)
        } catch {
            try? await archive.close()
            throw error
        }
        try await archive.close()
        return value
    }
}
