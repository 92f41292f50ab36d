internal import NIOCore
internal import Synchronization
internal import Vocabulary

/// Small pictures that were encoded, as many of them as a number of bytes allows: those that were asked for last.
final class PictureCache: Sendable {
    fileprivate struct Entry {
        let bytes: ByteBuffer
        var older: String?
        var newer: String?
    }

    fileprivate struct State {
        var entries: [String: Entry] = [:]
        var oldest: String?
        var newest: String?
        var size = 0
    }

    private let state = Mutex(State())
    private let work = SharedWork<String, ByteBuffer>()
    private let most: Int

    /// What an entry takes beside its picture, about.
    private static let overhead = 200

    /// - Parameter bytes: of all that is kept together.
    init(bytes: ByteCount) { most = Int(clamping: bytes.bytes) }

    /// The picture of that name: as it was kept, or as it is made now, once for all who ask.
    func picture(_ name: String, _ make: @Sendable @escaping () async throws -> ByteBuffer) async throws -> ByteBuffer {
        if let kept = kept(name) { return kept }
        return try await work.value(name) { [self] in
            let made = try await make()
            keep(made, as: name)
            return made
        }
    }

    /// What is kept takes.
    var size: ByteCount { ByteCount(state.withLock(\.size)) }

    func kept(_ name: String) -> ByteBuffer? {
        state.withLock { state in
            guard let entry = state.remove(name) else { return nil }
            state.add(entry.bytes, as: name, size: Self.size(of: entry.bytes))
            return entry.bytes
        }
    }

    private func keep(_ bytes: ByteBuffer, as name: String) {
        let size = Self.size(of: bytes)
        // One that would push out most of the others is not worth it.
        guard size <= most / 4 else { return }
        state.withLock { state in
            _ = state.remove(name)
            state.add(bytes, as: name, size: size)
            while state.size > most, let oldest = state.oldest { _ = state.remove(oldest) }
        }
    }

    fileprivate static func size(of bytes: ByteBuffer) -> Int { bytes.storageCapacity + overhead }
}

extension PictureCache.State {
    fileprivate mutating func add(_ bytes: ByteBuffer, as name: String, size: Int) {
        entries[name] = PictureCache.Entry(bytes: bytes, older: newest, newer: nil)
        if let newest { entries[newest]?.newer = name } else { oldest = name }
        newest = name
        self.size += size
    }

    fileprivate mutating func remove(_ name: String) -> PictureCache.Entry? {
        guard let entry = entries.removeValue(forKey: name) else { return nil }
        if let older = entry.older { entries[older]?.newer = entry.newer } else { oldest = entry.newer }
        if let newer = entry.newer { entries[newer]?.older = entry.older } else { newest = entry.older }
        size -= PictureCache.size(of: entry.bytes)
        return entry
    }
}
