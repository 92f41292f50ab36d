internal import NIOCore
internal import Vocabulary

/// Files in a tar, which is written and can be read in one pass.
struct TarContainer: FileContainer {
    private var file: OutputFile
    private let folder: String

    /// - Parameter folder: the folder within the tar that holds everything.
    init(_ file: OutputFile, folder: String) {
        (self.file, self.folder) = (file, folder)
    }

    mutating func add(_ path: String, _ contents: FileContents, modified: Timestamp) throws(ExportError) {
        let header = TarHeader(name: folder + "/" + path, size: contents.size, modified: modified)
        try file.append(header.bytes.readableBytesView)
        try contents.forEachPart { part throws(ExportError) in try file.put(part) }
        try fill(TarHeader.padding(after: contents.size))
    }

    /// Two empty blocks, and more up to a whole record of twenty, which is how tars are read.
    mutating func finish() throws(ExportError) -> Int64 {
        try fill(2 * TarHeader.blockSize)
        let record = Int64(20 * TarHeader.blockSize)
        try fill(Int((record - file.count % record) % record))
        try file.flush()
        return file.count
    }

    private mutating func fill(_ count: Int) throws(ExportError) {
        try file.append(repeatElement(0, count: count))
    }
}
