public import HTTP
public import Vocabulary

/// The address of a picture, as the webcam API announced it.
///
/// It is a capability: whoever has it has the picture. Its query is kept byte for byte for the request, and appears in
/// no description.
public struct SnapshotURL: Hashable, Sendable, CustomStringConvertible {
    public let address: WebAddress
    /// `nil` for a path of another shape than those known.
    public let variant: PictureVariant?
    /// The printer, as the server numbers them.
    public let printerNumber: Int64?
    /// The print job, as the server numbers them.
    public let printNumber: Int64?
    /// When the picture was taken, by the server's clock.
    public let takenAt: Timestamp?

    /// Reads a snapshot URL and refuses one that must not be opened.
    ///
    /// Accepted are absolute http and https URLs without userinfo. A relative one is refused: the guide promises a URL
    /// that needs no authentication, and everything under the tunnel's own origin is either its API or proxied, and counted.
    ///
    /// - Parameters:
    ///   - text: the address as it was announced.
    ///   - tunnel: the tunnel's origin. Addresses of private networks are accepted only if it is on such a one itself, this
    ///     machine's own only if the tunnel is on this machine too.
    /// - Throws: ``TunnelError/http(_:)`` with what is wrong with the address, or with the place that it leads to.
    public init(parsing text: String, announcedBy tunnel: Origin) throws(TunnelError) {
        do throws(HTTPError) {
            self.init(address: try Self.address(in: text, announcedBy: tunnel))
        } catch {
            throw .http(error)
        }
    }

    private static func address(in text: String, announcedBy tunnel: Origin) throws(HTTPError) -> WebAddress {
        let parts: AddressParts
        do throws(AddressProblem) {
            parts = try AddressParts(parsing: text)
            guard parts.credentials == nil else { throw .userinfoNotAllowed }
        } catch {
            throw .address(error, of: .announced)
        }
        try parts.address.origin.host.checkReach(from: tunnel, role: .announced)
        return parts.address
    }

    /// Reads what the path tells: `…/raw/PRINTER/PRINT/UNIXTIME.jpg`, `…/tagged/…`, `…/latest_unrotated.jpg`.
    private init(address: WebAddress) {
        self.address = address
        let segments = address.path.split(separator: "/", omittingEmptySubsequences: false)
        let name = segments.last ?? ""
        if name.hasPrefix("latest") {
            (variant, printerNumber, printNumber, takenAt) = (.latest, nil, nil, nil)
            return
        }
        let taken = Self.unixTime(fileName: name)
        let shape = segments.suffix(4)
        guard shape.count == 4, let taken, let variant = PictureVariant(rawValue: String(shape[shape.startIndex])),
            variant != .latest, let printer = Self.number(shape[shape.startIndex + 1]),
            let print = Self.number(shape[shape.startIndex + 2])
        else {
            (variant, printerNumber, printNumber, takenAt) = (nil, nil, nil, nil)
            return
        }
        (self.variant, printerNumber, printNumber, takenAt) = (variant, printer, print, taken)
    }

    /// Whether an equal URL means an equal picture. The `latest` picture is overwritten in place under one URL.
    public var isImmutable: Bool { variant == .raw || variant == .tagged }

    /// Who numbers the print jobs: the server that has the pictures, and the printer as it numbers them.
    ///
    /// Not the tunnel's own host: that is another one with each authorization.
    public var printSeries: String? {
        guard let printerNumber else { return nil }
        let (origin, port) = (address.origin, address.origin.port)
        return "\(origin.host)\(port == origin.scheme.defaultPort ? "" : ":\(port)")/\(printerNumber)"
    }

    /// Without the query.
    public var description: String { address.description }

    private static func number(_ text: Substring) -> Int64? {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int64(text) : nil
    }

    /// `1699999999.jpg`, with or without a fraction of a second, between the years 2001 and 2286 (10 digits).
    private static func unixTime(fileName: Substring) -> Timestamp? {
        let parts = fileName.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let ending = parts.last?.lowercased(),
            ending == "jpg" || ending == "jpeg", parts[0].utf8.count == 10, let seconds = number(parts[0])
        else { return nil }
        guard parts.count == 3 else { return Timestamp(seconds: seconds) }
        guard let thousandths = number((parts[1] + "000").prefix(3)), number(parts[1]) != nil else { return nil }
        return Timestamp(milliseconds: seconds * 1000 + thousandths)
    }
}
