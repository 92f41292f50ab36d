package import Archive
internal import NIOCore
package import Stores
package import Vocabulary

/// Reads pictures out of the packs in which they lie, through a cache of a bounded size.
///
/// Packs are read in blocks: pictures that lie beside each other come by one request, and whoever reads a pack in its order finds the
/// next blocks on their way. A store that did not answer is not asked again for a few seconds, so that a thousand pictures in it are
/// not a thousand times waited for.
package actor PackReader: PackedPictures {
    /// Opens the store at a location that is on record.
    package typealias Opening = @Sendable (String) throws(StoreError) -> any ObjectStore

    /// Where the packs of a camera lie, which are read one after the other.
    private struct Folder: Hashable {
        let store: String
        let path: Substring
    }

    private struct Pack: Hashable {
        let folder: Folder
        let name: Substring

        init(of place: PackedPlace) {
            let start = place.pack.utf8.lastIndex(of: UInt8(ascii: "/")) ?? place.pack.startIndex
            folder = Folder(store: place.store, path: place.pack[..<start])
            name = place.pack[start...]
        }
    }

    private struct Block: Hashable {
        let pack: Pack
        let number: Int64
    }

    /// A block that is there or on its way, as a part of what one request brings.
    private struct Entry {
        let flight: Flight
        /// Where in the pack the flight's bytes begin.
        let start: Int64
        var lastUse: Int
        var stage: Stage
    }

    /// How far whoever reads a pack in order has come with a block. Of the least stage goes first what is let go of.
    private enum Stage: Int, Comparable {
        /// The last picture that begins or ends in it was asked for.
        case finished
        case begun
        /// It was sent for before anybody asked.
        case ahead

        static func < (left: Stage, right: Stage) -> Bool { left.rawValue < right.rawValue }
    }

    private struct Failure {
        let error: ArchiveError
        let until: ContinuousClock.Instant
    }

    /// How many bytes a block has, the last one of a pack less: a picture or two, so that one that is looked at alone brings little
    /// besides.
    private static let blockSize: Int64 = 256 << 10
    /// How many blocks are on their way before they are asked for, at most, where a pack is read in order: 16 MiB, and of a small cache
    /// a third. A store does a good deal for each request, however few bytes it brings.
    private static let ahead: Int64 = 64
    private static let patience = Duration.seconds(5)

    private let open: Opening
    private let most: Int
    private var stores: [String: any ObjectStore] = [:]
    private var failures: [String: Failure] = [:]
    private var entries: [Block: Entry] = [:]
    private var uses = 0

    /// - Parameters:
    ///   - cache: how many bytes are kept, about.
    ///   - open: opens the store at a location.
    package init(cache: ByteCount = ByteCount(48 << 20), open: @escaping Opening) {
        self.open = open
        most = max(Int(Self.ahead), Int(cache.bytes / Self.blockSize))
    }

    /// Reads packs in the stores that are on record, with credentials from there.
    ///
    /// - Parameter rate: how many bytes a second come from each store at most; `nil` for no limit.
    package init(environment: [String: String], atMost rate: ByteCount? = nil) {
        self.init { location throws(StoreError) in
            try StoreLocation(location).open(in: environment, atMost: rate)
        }
    }

    package func send(for places: [PackedPlace], anew: Bool) -> Arrival {
        let sent = places.indices.map { index in
            let next = index + 1 < places.count ? places[index + 1] : nil
            return Result { () throws(ArchiveError) in
                try self.flights(for: places[index], before: next, anew: anew)
            }
        }
        return { [self] in
            var found: [Result<ByteBuffer, ArchiveError>] = []
            for (place, flights) in zip(places, sent) {
                switch flights {
                case .failure(let error): found.append(.failure(error))
                case .success(let flights): found.append(try await landed(flights, place))
                }
            }
            return found
        }
    }

    private func landed(
        _ parts: [(flight: Flight, range: Range<Int64>)], _ place: PackedPlace
    ) async throws -> Result<ByteBuffer, ArchiveError> {
        var bytes = ByteBuffer()
        for part in parts {
            do throws(StoreError) {
                guard let landed = try await part.flight.bytes() else { throw StoreError.cancelled }
                let slice = landed.getSlice(
                    at: landed.readerIndex + Int(part.range.lowerBound), length: part.range.count)
                guard let slice else { return .failure(ended(place)) }
                if parts.count == 1 { bytes = slice } else { bytes.writeImmutableBuffer(slice) }
            } catch .cancelled {
                throw CancellationError()
            } catch {
                forget(part.flight)
                return .failure(noted(error, place))
            }
        }
        return .success(bytes)
    }

    private func ended(_ place: PackedPlace) -> ArchiveError {
        .store(
            location: place.store, reason: "\(place.pack) ended too soon",
            hint: "Bring it back from a copy of the store, and check the store's disks.")
    }

    // MARK: - Flights

    /// What has to land for a picture: parts of one flight or of several, in order.
    ///
    /// - Parameter next: what is asked for together with it, right after it.
    private func flights(
        for place: PackedPlace, before next: PackedPlace?, anew: Bool
    ) throws(ArchiveError) -> [(flight: Flight, range: Range<Int64>)] {
        let (store, name) = try store(of: place)
        if anew {
            let flight = Flight { () async throws(StoreError) in try await store.read(name, place.range) }
            return [(flight, 0..<Int64(place.range.count))]
        }
        let pack = Pack(of: place)
        let first = place.range.lowerBound / Self.blockSize
        let last = (place.range.upperBound - 1) / Self.blockSize
        let isInOrder =
            next.map { Self.isShortWay(from: place, to: $0) } ?? false
            || first > 0 && entries[Block(pack: pack, number: first - 1)] != nil
        fetch(first...last, of: pack, place.packSize, store, name, as: .begun)
        if isInOrder { fetchAhead(of: pack, place.packSize, after: last, store, name) }
        var parts: [(flight: Flight, range: Range<Int64>)] = []
        uses += 1
        for number in first...last {
            let key = Block(pack: pack, number: number)
            guard var entry = entries[key] else { throw ended(place) }
            entry.lastUse = uses
            let blockEnd = min((number + 1) * Self.blockSize, place.packSize)
            entry.stage = place.range.upperBound >= blockEnd ? .finished : min(entry.stage, .begun)
            entries[key] = entry
            let wanted = place.range.clamped(to: number * Self.blockSize..<blockEnd)
            let range = wanted.lowerBound - entry.start..<wanted.upperBound - entry.start
            if let before = parts.last, before.flight === entry.flight {
                parts[parts.count - 1].range = before.range.lowerBound..<range.upperBound
            } else {
                parts.append((entry.flight, range))
            }
        }
        makeRoom()
        return parts
    }

    /// Sends for what comes next, in pieces of half of what may be on its way at least.
    ///
    /// Who goes through the frames of a hundred cameras reads a hundred packs at once: what is on its way for each of them has to be
    /// kept until it is asked for, which is why all of them have a third of the cache for it.
    private func fetchAhead(
        of pack: Pack, _ packSize: Int64, after last: Int64, _ store: any ObjectStore, _ name: ObjectName
    ) {
        var others: Set<Folder> = []
        for (block, entry) in entries where entry.stage == .ahead && block.pack != pack {
            // Behind the last picture of a pack comes what nobody asks for.
            if block.pack.folder == pack.folder { entries[block]?.stage = .finished }
            others.insert(block.pack.folder)
        }
        let readers = others.union([pack.folder]).count
        let ahead = min(Self.ahead, Int64(most / (3 * readers)))
        let end = min(last + ahead, (packSize - 1) / Self.blockSize)
        let middle = min(last + max(1, ahead / 2), end)
        guard end > last, entries[Block(pack: pack, number: middle)] == nil else { return }
        fetch(last + 1...end, of: pack, packSize, store, name, as: .ahead)
    }

    /// Whether who wants both has use for what lies between them.
    private static func isShortWay(from place: PackedPlace, to next: PackedPlace) -> Bool {
        next.store == place.store && next.pack == place.pack
            && (0..<blockSize).contains(next.range.lowerBound - place.range.upperBound)
    }

    /// Sends for the blocks that are neither there nor on their way, those beside each other by one request.
    private func fetch(
        _ numbers: ClosedRange<Int64>, of pack: Pack, _ packSize: Int64, _ store: any ObjectStore,
        _ name: ObjectName, as stage: Stage
    ) {
        var missing = numbers.filter { entries[Block(pack: pack, number: $0)] == nil }[...]
        while let first = missing.popFirst() {
            var last = first
            while missing.first == last + 1 { last = missing.removeFirst() }
            let range = first * Self.blockSize..<min(packSize, (last + 1) * Self.blockSize)
            let flight = Flight { () async throws(StoreError) in try await store.read(name, range) }
            uses += 1
            for number in first...last {
                entries[Block(pack: pack, number: number)] = Entry(
                    flight: flight, start: range.lowerBound, lastUse: uses, stage: stage)
            }
        }
    }

    /// Lets go of what nobody who reads in order comes back to, and then of what was not used for the longest time.
    private func makeRoom() {
        guard entries.count > most else { return }
        let order = entries.sorted { ($0.value.stage, $0.value.lastUse) < ($1.value.stage, $1.value.lastUse) }
        // An eighth at once, so that this is seldom.
        for (block, _) in order.prefix(entries.count - most * 7 / 8) { entries[block] = nil }
    }

    private func forget(_ flight: Flight) { entries = entries.filter { $0.value.flight !== flight } }

    // MARK: - Stores

    private func store(of place: PackedPlace) throws(ArchiveError) -> (any ObjectStore, ObjectName) {
        if let failure = failures[place.store] {
            guard failure.until < .now else { throw failure.error }
            failures[place.store] = nil
        }
        guard let name = ObjectName(rawValue: place.pack) else {
            throw .store(
                location: place.store, reason: "“\(place.pack.printable)” is no pack's name",
                hint: "Run “printlapse verify” to see what is damaged.")
        }
        if let store = stores[place.store] { return (store, name) }
        do throws(StoreError) {
            let store = try open(place.store)
            stores[place.store] = store
            return (store, name)
        } catch {
            throw noted(error, place)
        }
    }

    /// An error of a store in the archive's words. That of one object says nothing of others.
    private func noted(_ error: StoreError, _ place: PackedPlace) -> ArchiveError {
        let told = ArchiveError.store(location: place.store, reason: error.description, hint: error.hint)
        switch error {
        case .missing: return .packMissing(location: place.store, pack: place.pack)
        case .wrongBytes: break
        default: failures[place.store] = Failure(error: told, until: .now + Self.patience)
        }
        return told
    }
}
