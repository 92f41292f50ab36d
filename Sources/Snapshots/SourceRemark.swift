package import HTTP

/// What a source's owner had better know of it, though its pictures come.
package enum SourceRemark: Hashable, Sendable {
    /// Its address is that of a stream, of which the first picture is taken.
    case stream
    /// It redirects to another address.
    case redirects(to: WebAddress)
    /// Its pictures are whole but for the end-of-image marker.
    case lacksEnds

    /// A short constant.
    package var label: String {
        switch self {
        case .stream: "stream"
        case .redirects: "redirects"
        case .lacksEnds: "no_eoi"
        }
    }

    package var description: String {
        switch self {
        case .stream: "The address is that of a stream; its first picture is taken, and the stream closed."
        case .redirects(let address): "The camera redirects to \(address)."
        case .lacksEnds: "The camera leaves the end marker (EOI) out of its pictures, and nothing else."
        }
    }

    /// What the person may do.
    package var hint: String {
        switch self {
        case .stream:
            "An address of single pictures costs the camera less: often the same one with ?action=snapshot, or snapshot.jpg."
        case .redirects(let address):
            "Write \(address) as the camera's address, and every slot saves a request."
        case .lacksEnds:
            "They are kept as they came, marked no_eoi, and exported. A picture that lacks more than that is refused."
        }
    }
}
