internal import Archive
internal import CZlib
internal import Catalog
internal import Formats
internal import Foundation
internal import NIOCore
internal import Vocabulary

/// Writes one camera's pictures, in the order of time, as a plain ZIP that any unzip opens: stored as they are, under names by
/// camera and UTC time, with a manifest.
struct PackWriter: ~Copyable {
    /// The most bytes that a pack has.
    static let limit: Int64 = 64 << 20
    /// What a picture takes beside its bytes: its headers, and its place in the manifest.
    static let overhead: Int64 = 1_600

    private let file: PackFile
    private let camera: CameraName
    private let folder: String
    private var hash = SHA256Hash()
    private var count: Int64 = 0
    private var list = ByteBuffer()
    private var told: [PackManifest.Picture] = []
    private var since: Timestamp?
    private(set) var pictures: [DraftPicture] = []

    /// - Parameter path: where the pack is written; what is there is of an offload that was killed.
    init(at path: String, camera: CameraName) throws(PackError) {
        file = try PackFile(at: path)
        self.camera = camera
        folder = PortableName(camera.text).text
    }

    var isEmpty: Bool { pictures.isEmpty }

    /// Whether so many more pictures with so many bytes fit.
    func hasRoom(for bytes: Int64, in more: Int) -> Bool {
        count + bytes + Int64(pictures.count + more) * Self.overhead <= Self.limit
    }

    /// - Parameters:
    ///   - frame: the first one that shows the picture.
    ///   - bytes: as they are stored, and hashed before.
    ///   - stored: their digest.
    mutating func add(
        _ frame: ArchivedFrame, _ bytes: ByteBuffer, content: Int64, stored: SHA256Digest
    ) throws(PackError) {
        let name = "\(folder)/\(folder)_\(frame.capturedAt.fileNameText)_\(frame.id).jpg"
        let start = try append(name, bytes, modified: frame.capturedAt)
        told.append(
            PackManifest.Picture(
                name: name, start: start, bytes: bytes.readableBytes, sha256: "\(stored)", frame: frame))
        pictures.append(
            DraftPicture(
                sha256: frame.sha256, content: content, stored: stored,
                range: start..<start + Int64(bytes.readableBytes),
                orientation: Int(PictureOrientation(of: bytes).rawValue)))
        since = since ?? frame.capturedAt
    }

    /// Ends the pack with its manifest and the ZIP's list.
    consuming func finish() throws -> PackDraft {
        let since = since ?? Timestamp(milliseconds: 0)
        let manifest = try PackManifest(camera: camera.text, pictures: told).json
        _ = try append(PackManifest.name, ByteBuffer(bytes: manifest), modified: since)
        let end = ZipDirectoryEnd(entries: pictures.count + 1, size: Int64(list.readableBytes), offset: count)
        try write(list)
        try write(end.bytes)
        return PackDraft(
            path: file.path, size: count, sha256: hash.digest(), camera: camera, since: since, pictures: pictures)
    }

    /// - Returns: where the file's bytes begin.
    private mutating func append(
        _ name: String, _ bytes: ByteBuffer, modified: Timestamp
    ) throws(PackError) -> Int64 {
        // MS-DOS's dates know no time zone: here they are in UTC, as the names are.
        let entry = ZipEntry(
            storing: name, size: Int64(bytes.readableBytes), checksum: Self.checksum(of: bytes), modified: modified,
            localTime: CivilTime(modified), headerOffset: count)
        list.writeImmutableBuffer(entry.record)
        try write(entry.header)
        let start = count
        try write(bytes)
        return start
    }

    private mutating func write(_ bytes: ByteBuffer) throws(PackError) {
        bytes.withUnsafeReadableBytes { hash.update($0) }
        try file.append(bytes)
        count += Int64(bytes.readableBytes)
    }

    private static func checksum(of bytes: ByteBuffer) -> UInt32 {
        bytes.withUnsafeReadableBytes { bytes in
            UInt32(truncatingIfNeeded: crc32_z(0, bytes.bindMemory(to: UInt8.self).baseAddress, bytes.count))
        }
    }
}
