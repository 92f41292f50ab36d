internal import NIOCore
internal import Vocabulary

/// What holds the files of an export: a folder, a ZIP or a tar. Files go in one after the other, in one pass.
protocol FileContainer {
    /// Adds a file.
    ///
    /// - Parameters:
    ///   - path: below the export's own folder, parts separated by `/`; no other file has it.
    ///   - modified: the file's date.
    mutating func add(_ path: String, _ contents: FileContents, modified: Timestamp) throws(ExportError)

    /// Whether the dates that were given are in it.
    var keepsDates: Bool { get }

    /// Ends it; what was added is in its files then.
    ///
    /// - Returns: the bytes of its files.
    mutating func finish() throws(ExportError) -> Int64
}

extension FileContainer {
    var keepsDates: Bool { true }
}

/// A file's bytes.
enum FileContents {
    case bytes(ByteBuffer)
    case spool(Spool)

    var size: Int64 {
        switch self {
        case .bytes(let bytes): Int64(bytes.readableBytes)
        case .spool(let spool): spool.size
        }
    }

    func forEachPart(_ body: (ByteBuffer) throws(ExportError) -> Void) throws(ExportError) {
        switch self {
        case .bytes(let bytes): try body(bytes)
        case .spool(let spool): try spool.forEachPart(body)
        }
    }
}
