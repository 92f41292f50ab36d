internal import Vocabulary

/// Why a ZIP, or an entry of it, cannot be read.
struct ZipProblem: Error, Hashable {
    let label: String
    /// One clause without a full stop.
    let reason: String

    static let truncated = ZipProblem(
        label: "zip_truncated", reason: "the ZIP has no list of its contents at its end: it is cut short, or no ZIP")
    static let encrypted = ZipProblem(label: "zip_encrypted", reason: "it is encrypted within the ZIP")
    static let multipleDisks = ZipProblem(label: "zip_split", reason: "the ZIP is one part of several")
    static let checksum = ZipProblem(label: "zip_damaged", reason: "its bytes are not those that were packed (CRC-32)")

    static func damaged(_ reason: String) -> ZipProblem { ZipProblem(label: "zip_damaged", reason: reason) }

    static func tooLarge(_ limit: ByteCount) -> ZipProblem {
        ZipProblem(label: "too_large", reason: "it has more than \(limit)")
    }

    /// More entries than are held in memory.
    static func tooMany(_ count: Int64, limit: Int64) -> ZipProblem {
        ZipProblem(
            label: "too_many_entries",
            reason: "the ZIP has \(count) entries, and up to \(limit) are read: unpack it, and import the folder")
    }

    static func unreadable(_ reason: String) -> ZipProblem { ZipProblem(label: "unreadable", reason: reason) }

    /// - Parameter number: as APPNOTE 4.4.5 numbers the methods.
    static func method(_ number: UInt16) -> ZipProblem {
        let names: [UInt16: String] = [
            1: "Shrink", 6: "Implode", 9: "Deflate64", 12: "BZIP2", 14: "LZMA", 93: "Zstandard", 95: "XZ",
            96: "JPEG variant",
            98: "PPMd", 99: "AES encryption",
        ]
        let name = names[number] ?? "method \(number)"
        return ZipProblem(
            label: "zip_method", reason: "it is packed by \(name); what can be read is stored as it is, or by Deflate")
    }
}
