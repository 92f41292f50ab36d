import Foundation
import NIOCore
import Vocabulary

/// What libFuzzer calls with bytes of its own making: everything here that reads bytes from strangers reads them. `scripts/fuzz`
/// compiles this into one module with the readers themselves.
///
/// The first byte chooses the reader, so that each has pictures and files of its own among what was found.
@_cdecl("LLVMFuzzerTestOneInput")
public func readForeignBytes(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    guard let start, count > 1 else { return 0 }
    let bytes = UnsafeRawBufferPointer(start: start + 1, count: count - 1)
    switch start[0] {
    case UInt8(ascii: "E"): _ = ExifTimes.time(in: ByteBuffer(bytes: bytes))
    case UInt8(ascii: "Z"): readZIP(bytes)
    case UInt8(ascii: "L"): _ = XMLElement(parsing: bytes)
    default: readPicture(bytes)
    }
    return 0
}

/// Nothing that our own scan takes may be anything that libjpeg calls damaged, and both have to see the same.
private func readPicture(_ body: UnsafeRawBufferPointer) {
    guard let structure = try? StructureWalk.structure(of: body, within: limits) else { return }
    let picture = UnsafeRawBufferPointer(rebasing: body.prefix(structure.end))
    let ours = EntropyScanWitness()
    guard let plain = try? ours.examine(picture, of: structure, withEdges: false) else { return }
    guard let edged = try? ours.examine(picture, of: structure, withEdges: true), edged.luma == plain.luma else {
        fatalError("with its edges the scan reads otherwise")
    }
    _ = EighthPicture.rgb(of: ByteBuffer(bytes: body), size: structure.size)
    guard EighthPicture.luma(of: ByteBuffer(bytes: body), size: structure.size) == plain.luma else {
        fatalError("a small picture has another luma")
    }
    _ = edged.edges?.strongestSeam()
    _ = edged.edges?.strongestSeam(after: edged.edges)
    do {
        let libjpeg = LibjpegWitness(coefficientMemory: limits.coefficientMemory)
        guard try libjpeg.examine(picture, of: structure, withEdges: false)?.luma == plain.luma else {
            fatalError("libjpeg sees another picture")
        }
    } catch {
        fatalError("libjpeg calls it damaged: \(error)")
    }
}

private let limits: FrameLimits = {
    var limits = FrameLimits()
    limits.pixels = 1_000_000
    return limits
}()

/// The file's name, one for each process.
private let path = FileManager.default.temporaryDirectory.appending(
    path: "foreign-\(ProcessInfo.processInfo.processIdentifier).zip"
).path

private func readZIP(_ bytes: UnsafeRawBufferPointer) {
    guard (try? Data(bytes).write(to: URL(filePath: path))) != nil, let archive = try? ZipArchive(RawPath(path)) else {
        return
    }
    for entry in archive.entries.prefix(16) {
        _ = try? archive.content(of: entry, limit: ByteCount(1 << 20))
        _ = try? archive.head(of: entry, upTo: 1024)
    }
}
