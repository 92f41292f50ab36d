internal import Catalog
internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

/// One request, with whose it is and what it asks for.
struct Visit: Sendable {
    let gallery: Gallery
    let request: Request
    let query: Query
    /// The variable parts of the path, percent-decoded.
    let parts: [String: String]
    let session: Session?
    /// Who asks, for counting wrong passwords.
    let peer: String
    /// Whether the connection is still there: who looks away closes it.
    var isHere: @Sendable () -> Bool = { true }

    /// The largest body that is read.
    static let largestBody = 256 << 10

    func part(_ name: String) throws(Problem) -> String {
        guard let part = parts[name] else { throw .badRequest("“\(name)” is missing in the path.") }
        return part
    }

    func number(_ name: String, in range: ClosedRange<Int64>) throws(Problem) -> Int64 {
        guard let number = Int(wholly: try part(name)).map(Int64.init), range.contains(number) else {
            throw .badRequest("“\(name)” is no whole number from \(range.lowerBound) to \(range.upperBound).")
        }
        return number
    }

    /// The greatest number that JSON's readers hold exactly, 2^53 − 1.
    static let largestNumber: Int64 = 9_007_199_254_740_991

    func frame() throws(Problem) -> FrameID { FrameID(try number("frame", in: 1...Self.largestNumber)) }

    /// The same visit, asking for a frame.
    func asking(for frame: FrameID) -> Visit {
        Visit(
            gallery: gallery, request: request, query: query, parts: ["frame": "\(frame)"], session: session,
            peer: peer,
            isHere: isHere)
    }

    /// The camera that the path names, which the archive has.
    func camera() async throws -> CameraName {
        let text = try part("camera")
        guard let name = try? CameraName(text), try await gallery.catalog.cameraNames().contains(name) else {
            throw Problem.noSuchCamera(text)
        }
        return name
    }

    /// The camera that the query names, if it names one, which the archive has.
    func askedCamera() async throws -> CameraName? {
        guard let name = try query.cameraName() else { return nil }
        guard try await gallery.catalog.cameraNames().contains(name) else { throw Problem.noSuchCamera(name.text) }
        return name
    }

    /// The body, which must be JSON of that shape and nothing more.
    func body<Body: Decodable>(_: Body.Type) async throws -> Body {
        let type = request.headers[.contentType]?.split(separator: ";").first?.trimmingCharacters(in: .whitespaces)
        guard type?.lowercased() == "application/json" else {
            throw Problem(
                status: .unsupportedMediaType, label: "media_type", detail: "The body is not application/json.")
        }
        let bytes: ByteBuffer
        do {
            bytes = try await request.body.collect(upTo: Self.largestBody)
        } catch {
            throw Problem(
                status: .contentTooLarge, label: "too_large", detail: "The body is over \(Self.largestBody >> 10) KiB.")
        }
        do {
            return try JSONDecoder().decode(Body.self, from: Data(bytes.readableBytesView))
        } catch let error as DecodingError {
            throw Problem.badRequest(error.plainReason)
        }
    }
}

extension DecodingError {
    /// What is wrong, and where.
    fileprivate var plainReason: String {
        switch self {
        case .keyNotFound(let key, _): "“\(key.stringValue)” is missing."
        case .typeMismatch(_, let context), .valueNotFound(_, let context):
            "“\(context.place)” is of another kind than it must be."
        case .dataCorrupted(let context):
            context.codingPath.isEmpty ? "The body is not JSON." : "“\(context.place)”: \(context.debugDescription)"
        @unknown default: "The body is not what is asked for."
        }
    }
}

extension DecodingError.Context {
    fileprivate var place: String { codingPath.map(\.stringValue).joined(separator: ".") }
}

extension Request {
    /// Whether an answer may come packed.
    var acceptsGzip: Bool {
        guard let header = headers[.acceptEncoding] else { return false }
        return header.split(separator: ",").contains { part in
            let words = part.split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
            return words.first == "gzip" && !words.dropFirst().contains { Double($0.dropFirst(2)) == 0 }
        }
    }
}
