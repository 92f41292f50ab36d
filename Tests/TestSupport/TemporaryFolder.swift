package import Foundation

/// A folder of a test's own, which goes when the value does.
package final class TemporaryFolder: Sendable {
    package let url: URL

    /// - Parameter inMemory: where the machine has a file system in memory, for many small files.
    package init(inMemory: Bool = false) throws {
        let memory = "/dev/shm/"
        let parent = inMemory && FileManager.default.fileExists(atPath: memory) ? memory : NSTemporaryDirectory()
        url = URL(filePath: parent, directoryHint: .isDirectory)
            .appending(path: "printlapse-test-\(UUID().uuidString)", directoryHint: .notDirectory)
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// Without a slash at its end.
    package var path: String { url.withoutSlash }

    /// The path of something in it.
    package func callAsFunction(_ name: String) -> String { path + "/" + name }

    /// Every name in the folder, hidden ones included.
    package var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }

    /// Writes a file and returns its path.
    @discardableResult
    package func write(_ text: String, to name: String, executable: Bool = false) throws -> String {
        try Data(text.utf8).write(to: URL(filePath: self(name)))
        if executable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: self(name)) }
        return self(name)
    }
}

extension URL {
    fileprivate var withoutSlash: String {
        let path = path(percentEncoded: false)
        return path.hasSuffix("/") ? String(path.dropLast()) : path
    }
}
