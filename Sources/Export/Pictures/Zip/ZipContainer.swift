internal import CZlib
internal import Formats
internal import FoundationEssentials
internal import NIOCore
internal import Vocabulary

/// Files in a ZIP, stored as they are: JPEGs do not get smaller.
///
/// It is written in one forward pass, every header complete before its file's bytes, so that it can be unpacked while it
/// arrives. ZIP64's fields are there where they are needed, and only there.
struct ZipContainer: FileContainer {
    private var file: OutputFile
    private let folder: String
    private let timeZone: TimeZone
    private var list: Spool
    private var entries = 0

    /// - Parameters:
    ///   - folder: the folder within the ZIP that holds everything.
    ///   - timeZone: of MS-DOS's dates.
    init(_ file: OutputFile, folder: String, timeZone: TimeZone, spools: SpoolFolder) throws(ExportError) {
        (self.file, self.folder, self.timeZone) = (file, folder, timeZone)
        list = try Spool(in: spools)
    }

    mutating func add(_ path: String, _ contents: FileContents, modified: Timestamp) throws(ExportError) {
        let entry = ZipEntry(
            storing: folder + "/" + path, size: contents.size, checksum: try Self.checksum(of: contents),
            modified: modified, localTime: CivilTime(modified + .seconds(timeZone.offset(at: modified))),
            headerOffset: file.count)
        try file.append(entry.header.readableBytesView)
        try contents.forEachPart { part throws(ExportError) in try file.put(part) }
        try list.append(entry.record.readableBytesView)
        entries += 1
    }

    mutating func finish() throws(ExportError) -> Int64 {
        try list.finish()
        let end = ZipDirectoryEnd(entries: entries, size: list.size, offset: file.count)
        try list.forEachPart { part throws(ExportError) in try file.put(part) }
        try file.put(end.bytes)
        return file.count
    }

    private static func checksum(of contents: FileContents) throws(ExportError) -> UInt32 {
        var checksum: UInt = 0
        try contents.forEachPart { part throws(ExportError) in
            checksum = part.withUnsafeReadableBytes { bytes in
                crc32_z(checksum, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count)
            }
        }
        return UInt32(truncatingIfNeeded: checksum)
    }
}
