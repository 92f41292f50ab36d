internal import Vocabulary

extension Fault {
    /// Reads `torn:3`, `503`, `slow=2s every 2`, `reset on webcam next 5`, `429 retry-after 30`.
    ///
    /// - Throws: ``SimulatorError/fault(_:reason:)``
    package init(parsing text: String) throws(SimulatorError) {
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        guard var name = words.popFirst() else { throw .fault(text, reason: "it is empty") }
        var rate: Int?
        if let colon = name.lastIndex(of: ":"), let number = Int(name[name.index(after: colon)...]),
            !name.hasPrefix("elsewhere="), !name.hasPrefix("redirect=")
        {
            (name, rate) = (name[..<colon], number)
        }
        guard let kind = try FaultKind(parsing: String(name), in: text) else {
            throw .fault(text, reason: "the names are \(FaultKind.names), or a status of three digits")
        }
        var fault = Fault(kind)
        while let word = words.popFirst() {
            guard let value = words.popFirst() else { throw .fault(text, reason: "“\(word)” wants a value") }
            switch word {
            case "every": rate = Int(value) ?? 0
            case "next":
                guard let count = Int(value), count > 0 else { throw .fault(text, reason: "“next” wants a number") }
                fault.next = count
            case "retry-after": fault.retryAfter = String(value)
            case "on": fault.places = try Self.places(value, in: text)
            default: throw .fault(text, reason: "“\(word)” is none of every, next, on, retry-after")
            }
        }
        if let rate {
            guard rate > 0 else { throw .fault(text, reason: "a rate is 1 or more") }
            fault.every = rate
        }
        self = fault
    }

    private static func places(_ list: Substring, in text: String) throws(SimulatorError) -> Set<FaultPlace> {
        var places: Set<FaultPlace> = []
        for name in list.split(separator: ",") {
            if name == "everything" {
                places.formUnion(FaultPlace.allCases)
            } else if let place = FaultPlace(rawValue: String(name)) {
                places.insert(place)
            } else {
                let known = FaultPlace.allCases.map(\.rawValue).joined(separator: ", ")
                throw .fault(text, reason: "the places are \(known), everything")
            }
        }
        return places
    }
}

extension FaultKind: CustomStringConvertible {
    private static let plain: KeyValuePairs<String, FaultKind> = [
        "torn": .torn, "truncated": .truncated, "empty": .empty, "short": .short,
        "stalled": .stalled, "stalled-head": .stalledHead, "surplus": .surplus,
        "hang-up": .hangUp, "reset": .reset, "cut-chunk": .cutChunk, "silent": .silent, "endless": .endless,
        "huge-length": .hugeLength, "gzip": .gzip, "brotli": .brotli, "bomb": .bomb, "html": .html, "json": .json,
        "null": .null, "absent": .absent, "number": .number, "relative": .relative, "long": .long,
        "unreachable": .unreachable, "stale": .stale,
    ]

    /// All names, for help texts.
    package static var names: String {
        plain.map(\.key).joined(separator: ", ") + ", drip[=1s], slow[=2s], redirect=302,URL, elsewhere=URL"
    }

    init?(parsing text: String, in whole: String) throws(SimulatorError) {
        let name = text.prefix { $0 != "=" }
        let value = text.count > name.count ? String(text.dropFirst(name.count + 1)) : nil
        func duration(otherwise usual: Duration) throws(SimulatorError) -> Duration {
            guard let value else { return usual }
            do { return try Duration(parsing: value) } catch { throw .fault(whole, reason: "\(error)") }
        }
        switch name {
        case "drip": self = .drip(try duration(otherwise: .seconds(1)))
        case "slow": self = .slow(try duration(otherwise: .seconds(2)))
        case "elsewhere":
            guard let value else { throw .fault(whole, reason: "write elsewhere=URL") }
            self = .elsewhere(value)
        case "redirect":
            let parts = value?.split(separator: ",", maxSplits: 1) ?? []
            guard parts.count == 2, let status = Int(parts[0]), (300...399).contains(status) else {
                throw .fault(whole, reason: "write redirect=302,URL")
            }
            self = .redirect(status, to: String(parts[1]))
        default:
            if let status = Int(name), (200...599).contains(status), value == nil {
                self = .status(status)
            } else if let kind = Self.plain.first(where: { $0.key == name })?.value, value == nil {
                self = kind
            } else {
                return nil
            }
        }
    }

    package var description: String {
        switch self {
        case .status(let status): "\(status)"
        case .drip(let interval): "drip=\(interval.shortText)"
        case .slow(let delay): "slow=\(delay.shortText)"
        case .redirect(let status, let location): "redirect=\(status),\(location)"
        case .elsewhere(let address): "elsewhere=\(address)"
        default: Self.plain.first { $0.value == self }?.key ?? ""
        }
    }
}
