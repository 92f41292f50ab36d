/// Something that goes wrong on purpose: what, where, and how often.
///
/// Written as text, `torn:3` is every third picture torn, `503 on webcam next 5` the next five webcam calls refused,
/// `slow=2s` every answer two seconds late: a name with its value, then in any order `:N` or `every N`, `next N`,
/// `on PLACE,PLACE` and `retry-after TEXT`.
package struct Fault: Hashable, Sendable, CustomStringConvertible {
    package var kind: FaultKind
    /// Where it strikes.
    package var places: Set<FaultPlace>
    /// It strikes every so many requests at its places: 1 each time, 3 the third, the sixth and so on.
    package var every: Int
    /// It strikes so many times and is then over; `nil` until it is cleared.
    package var next: Int?
    /// The value of a Retry-After field that goes with a status, byte for byte.
    package var retryAfter: String?

    package init(
        _ kind: FaultKind, on places: Set<FaultPlace>? = nil, every: Int = 1, next: Int? = nil,
        retryAfter: String? = nil
    ) {
        self.kind = kind
        self.places = places ?? kind.usualPlaces
        self.every = max(1, every)
        self.next = next
        self.retryAfter = retryAfter
    }

    package var description: String {
        var text = kind.description
        if every > 1 { text += kind.takesAddress ? " every \(every)" : ":\(every)" }
        if let next { text += " next \(next)" }
        if let retryAfter { text += " retry-after \(retryAfter)" }
        if places != kind.usualPlaces { text += " on " + places.map(\.rawValue).sorted().joined(separator: ",") }
        return text
    }
}

/// What a request asks for, as far as faults care.
package enum FaultPlace: String, CaseIterable, Hashable, Sendable {
    /// `/_tsd_/tunnelusage/`
    case usage
    /// `/_tsd_/webcam/0/`
    case webcam
    /// `/_tsd_/prediction/`
    case prediction
    /// A picture at the account server.
    case picture
    /// The live camera through the tunnel.
    case live
    /// Any other proxied call.
    case octoprint
    /// The authorization pages.
    case authorization
}
