internal import Vocabulary

/// Where an export goes: a name in a folder that exists.
struct OutputTarget: Sendable {
    enum Kind: Sendable { case file, folder }

    /// As it was asked for.
    let path: String
    let parent: OpenFolder
    let name: String
    let kind: Kind
    /// Whether something that stands there may be replaced.
    let replaces: Bool

    /// - Throws: for a path that names nothing, a folder that is not there, and an output that exists and may
    ///   not be replaced.
    init(_ path: String, kind: Kind, replaces: Bool) throws(ExportError) {
        guard !path.isEmpty else { throw .unusableOutput(path, reason: "it is empty") }
        guard !path.utf8.contains(0) else { throw .unusableOutput(path, reason: "it contains a zero byte") }
        var trimmed = Substring(path)
        while trimmed.hasSuffix("/") { trimmed.removeLast() }
        let start = trimmed.lastIndex(of: "/").map { trimmed.index(after: $0) } ?? trimmed.startIndex
        name = String(trimmed[start...])
        guard !name.isEmpty, name != ".", name != ".." else {
            throw .unusableOutput(path, reason: "it names a folder that is there already")
        }
        let folder = trimmed[..<start]
        parent = try OpenFolder(path: folder.isEmpty ? "." : String(folder))
        (self.path, self.kind, self.replaces) = (path, kind, replaces)
        try checkReplaceable()
    }

    /// Checks that the name is free, or that what stands there may and can be replaced.
    ///
    /// A link is replaced itself and never followed. A folder is replaced only if it is an earlier export and holds
    /// nothing else: `--force` with a mistyped path must not cost somebody a folder of their own.
    func checkReplaceable() throws(ExportError) {
        guard let existing = try parent.kind(of: name) else { return }
        guard replaces else { throw .outputExists(path) }
        switch (existing, kind) {
        case (.link, _), (.file, .file): return
        case (.folder, .folder):
            guard let stranger = try ExportedFolder.stranger(in: OpenFolder(name, in: parent)) else { return }
            throw .notReplaced(path, reason: "it holds “\(stranger.printable)”, which no export of ours put there")
        case (.folder, .file): throw .notReplaced(path, reason: "it is a folder")
        case (.file, .folder):
            throw .notReplaced(path, reason: "it is a file, and a folder of pictures is to take its place")
        case (.other, _): throw .notReplaced(path, reason: "it is neither a file nor a folder")
        }
    }

    /// Whether another target is the same name in the same folder.
    func isSame(_ other: OutputTarget) -> Bool { name == other.name && parent.file.isSame(other.parent.file) }

    /// Checks that so many bytes fit on the disk.
    func requireRoom(for bytes: ByteCount) throws(ExportError) {
        let free = try parent.freeRoom()
        guard bytes <= free else { throw .noRoom(path, needed: bytes, free: free) }
    }
}
