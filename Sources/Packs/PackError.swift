package import Vocabulary

/// Why pictures could not be moved into packs or back.
package enum PackError: ExplainedError, Hashable {
    /// The pack in the making cannot be written beside the archive.
    case file(path: String, call: String, reason: String)
    /// What was read back from the store is not what was put there.
    case notAsWritten(store: String, pack: String)
    /// Nothing says which pictures go.
    case nothingAsked
    /// The archive knows of no store at a location.
    case notOnRecord(location: String, known: [String])
    /// The pictures that are to come back take more than is free.
    case noRoom(path: String, wanted: ByteCount, free: ByteCount)

    package var label: String {
        switch self {
        case .file: "pack_file"
        case .notAsWritten: "pack_not_as_written"
        case .nothingAsked: "pack_nothing_asked"
        case .notOnRecord: "pack_store_unknown"
        case .noRoom: "pack_no_room"
        }
    }

    package var description: String {
        switch self {
        case .file(let path, let call, let reason): "cannot \(call) \(path.printable): \(reason)"
        case .notAsWritten(let store, let pack): "the pack \(pack) in \(store) is not what was written there"
        case .nothingAsked: "nothing says which pictures are to go"
        case .notOnRecord(let location, _): "no pack of this archive was ever put into \(location.printable)"
        case .noRoom(let path, let wanted, let free):
            "\(wanted) are wanted beside the archive \(path), and \(free) are free"
        }
    }

    package var hint: String {
        switch self {
        case .file:
            "A pack takes up to 64 MiB beside the archive until it is in the store: make room there, and do it again."
        case .notAsWritten:
            "Check the store's disk and network. Every picture is still in the archive; “printlapse offload --clean” removes the pack."
        case .nothingAsked: "Say how old pictures are that go, or how much is to be free here."
        case .notOnRecord(_, let known):
            known.isEmpty
                ? "Nothing was offloaded yet, and so nothing has moved."
                : "Name the store as it is on record: \(known.map(\.printable).joined(separator: ", "))."
        case .noRoom: "Recall a shorter stretch of time, or make room."
        }
    }
}
