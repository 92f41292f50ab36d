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

    private struct Pack: Hashable {
        let store: String
        let name: String

        init(of place: PackedPlace) { (store, name) = (place.store, place.pack) }

        /// Where the packs of a camera lie, which are read one after the other.
        var folder: Substring { name.utf8.lastIndex(of: UInt8(ascii: "/")).map { name[..<$0] } ?? "" }
    }

    /// What is there of a pack or on its way, by the number of its block. Confined to the reader.
    private final class Blocks {
        private(set) var entries: [Int64: Entry] = [:]
        /// How many were sent for before anybody asked.
        private(set) var ahead = 0

        subscript(number: Int64) -> Entry? {
            get { entries[number] }
            set {
                let before = entries[number]
                entries[number] = newValue
                ahead += (newValue?.stage == .ahead ? 1 : 0) - (before?.stage == .ahead ? 1 : 0)
            }
        }

        /// Notes that nobody asks for what comes behind the last picture.
        func finishAhead() {
            for (number, entry) in entries where entry.stage == .ahead { self[number]?.stage = .finished }
        }
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
    /// How many blocks are on their way before they are asked for, at most, where a pack is read in order: 16 MiB. A store does a good
    /// deal for each request, however few bytes it brings, and has the next one to do while what it sent is worked on.
    private static let mostAhead = 64
    /// How many blocks one request brings at most: 8 MiB, which stay in memory for as long as one of them is wanted.
    private static let mostAtOnce: Int64 = 32
    private static let patience = Duration.seconds(5)

    private let open: Opening
    private let most: Int
    private var stores: [String: any ObjectStore] = [:]
    private var failures: [String: Failure] = [:]
    private var packs: [Pack: Blocks] = [:]
    private var uses = 0

    /// - Parameters:
    ///   - cache: how many bytes are kept, about.
    ///   - open: opens the store at a location.
    package init(cache: ByteCount = ByteCount(48 << 20), open: @escaping Opening) {
        self.open = open
        most = max(Self.mostAhead, Int(cache.bytes / Self.blockSize))
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
                guard let slice else {
                    return .failure(.packDamaged(location: place.store, pack: place.pack))
                }
                if parts.count == 1 { bytes = slice } else { bytes.writeImmutableBuffer(slice) }
            } catch .cancelled {
                throw CancellationError()
            } catch {
                forget(part.flight)
                if case .wrongBytes = error { return try await alone(place) }
                return .failure(noted(error, place))
            }
        }
        return .success(bytes)
    }

    /// A picture by itself: of a pack that was cut short those before the cut are whole, whatever was asked for with them.
    private func alone(_ place: PackedPlace) async throws -> Result<ByteBuffer, ArchiveError> {
        let (store, name): (any ObjectStore, ObjectName)
        do throws(ArchiveError) { (store, name) = try self.store(of: place) } catch { return .failure(error) }
        do throws(StoreError) {
            return .success(try await store.read(name, place.range))
        } catch .cancelled {
            throw CancellationError()
        } catch {
            return .failure(noted(error, place))
        }
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
        let blocks = packs[pack] ?? begin(pack)
        let first = place.range.lowerBound / Self.blockSize
        let last = (place.range.upperBound - 1) / Self.blockSize
        let isInOrder =
            next.map { Self.isShortWay(from: place, to: $0) } ?? false || first > 0 && blocks[first - 1] != nil
        fetch(first...last, into: blocks, of: place, store, name, as: .begun)
        if isInOrder { fetchAhead(after: last, into: blocks, of: place, store, name) }
        var parts: [(flight: Flight, range: Range<Int64>)] = []
        uses += 1
        for number in first...last {
            guard var entry = blocks[number] else {
                throw .packDamaged(location: place.store, pack: place.pack)
            }
            entry.lastUse = uses
            let blockEnd = min((number + 1) * Self.blockSize, place.packSize)
            entry.stage = place.range.upperBound >= blockEnd ? .finished : min(entry.stage, .begun)
            blocks[number] = entry
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

    /// Begins to read a pack. Whoever read another one of its camera has come to that one's end.
    private func begin(_ pack: Pack) -> Blocks {
        for (other, blocks) in packs where other.store == pack.store && other.folder == pack.folder {
            blocks.finishAhead()
        }
        let blocks = Blocks()
        packs[pack] = blocks
        return blocks
    }

    /// Sends for what comes next, in pieces of half of what may be on its way at least.
    ///
    /// Who goes through the frames of a hundred cameras reads a hundred packs at once: what is on its way for each of them has to be
    /// kept until it is asked for, beside the two blocks in which each of them is.
    private func fetchAhead(
        after last: Int64, into blocks: Blocks, of place: PackedPlace, _ store: any ObjectStore, _ name: ObjectName
    ) {
        let readers = packs.values.count { $0.ahead > 0 } + (blocks.ahead > 0 ? 0 : 1)
        let ahead = Int64(min(Self.mostAhead, most * 3 / 4 / readers - 2))
        let end = min(last + ahead, (place.packSize - 1) / Self.blockSize)
        let middle = min(last + max(1, ahead / 2), end)
        guard end > last, blocks[middle] == nil else { return }
        fetch(last + 1...end, into: blocks, of: place, store, name, as: .ahead)
    }

    /// Whether who wants both has use for what lies between them.
    private static func isShortWay(from place: PackedPlace, to next: PackedPlace) -> Bool {
        next.store == place.store && next.pack == place.pack
            && (0..<blockSize).contains(next.range.lowerBound - place.range.upperBound)
    }

    /// Sends for the blocks that are neither there nor on their way, those beside each other by few requests.
    private func fetch(
        _ numbers: ClosedRange<Int64>, into blocks: Blocks, of place: PackedPlace, _ store: any ObjectStore,
        _ name: ObjectName, as stage: Stage
    ) {
        var missing = numbers.filter { blocks[$0] == nil }[...]
        while let first = missing.popFirst() {
            var last = first
            while missing.first == last + 1, last - first + 1 < Self.mostAtOnce { last = missing.removeFirst() }
            let range = first * Self.blockSize..<min(place.packSize, (last + 1) * Self.blockSize)
            let flight = Flight { () async throws(StoreError) in try await store.read(name, range) }
            uses += 1
            for number in first...last {
                blocks[number] = Entry(flight: flight, start: range.lowerBound, lastUse: uses, stage: stage)
            }
        }
    }

    /// Lets go of what nobody who reads in order comes back to, and then of what was not used for the longest time.
    private func makeRoom() {
        let count = packs.values.reduce(0) { $0 + $1.entries.count }
        guard count > most else { return }
        let all = packs.flatMap { pack, blocks in blocks.entries.map { (pack: pack, number: $0.key, entry: $0.value) } }
        let order = all.sorted { ($0.entry.stage, $0.entry.lastUse) < ($1.entry.stage, $1.entry.lastUse) }
        // An eighth at once, so that this is seldom.
        for (pack, number, _) in order.prefix(count - most * 7 / 8) { packs[pack]?[number] = nil }
        keepBegun()
    }

    private func forget(_ flight: Flight) {
        for (pack, blocks) in packs {
            for (number, entry) in blocks.entries where entry.flight === flight { packs[pack]?[number] = nil }
        }
        keepBegun()
    }

    /// Keeps of packs those of which there is something.
    private func keepBegun() {
        packs = packs.filter { !$0.value.entries.isEmpty }
    }

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
        case .wrongBytes: return .packDamaged(location: place.store, pack: place.pack)
        default: failures[place.store] = Failure(error: told, until: .now + Self.patience)
        }
        return told
    }
}
