internal import Vocabulary

/// Files in a folder and in folders within it.
struct FolderContainer: FileContainer {
    private let folder: OpenFolder
    private var inner: [String: OpenFolder] = [:]
    private var bytes: Int64 = 0
    private(set) var keepsDates = true

    init(_ folder: OpenFolder) { self.folder = folder }

    mutating func add(_ path: String, _ contents: FileContents, modified: Timestamp) throws(ExportError) {
        let parts = path.split(separator: "/", maxSplits: 1).map(String.init)
        var file = try parts.count == 1 ? OutputFile(path, in: folder) : OutputFile(parts[1], in: inner(parts[0]))
        try contents.forEachPart { part throws(ExportError) in try file.put(part) }
        // The disk writes while the next picture is read: all that is left for the end is waited for.
        file.beginWriteBack()
        if try !file.setTimes(to: modified) { keepsDates = false }
        bytes += file.count
    }

    func finish() -> Int64 { bytes }

    private mutating func inner(_ name: String) throws(ExportError) -> OpenFolder {
        if let known = inner[name] { return known }
        let made = try OpenFolder(making: name, in: folder)
        inner[name] = made
        return made
    }
}
