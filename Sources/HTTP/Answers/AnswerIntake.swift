internal import NIOCore
internal import NIOSSL
internal import Vocabulary

/// Takes in the bytes of one answer until it is whole, or cannot become so. Without socket and clock.
struct AnswerIntake {
    /// What has become of an answer.
    enum Outcome {
        /// - Parameter isReusable: whether the connection can take another request.
        case whole(HTTPExchangeResponse, isReusable: Bool)
        case failed(HTTPError)
    }

    /// So much of a declared length is made room for at once. The rest grows as it comes: a thousand cameras could otherwise
    /// ask for gigabytes by a line each.
    private static let mostReserved = 1_048_576

    private let origin: Origin
    private let reading: AnswerReading
    private let limit: ByteCount
    private var reader: AnswerReader
    private var head: AnswerHead?
    private var body = ByteBuffer()
    private var firstPart: FirstPart?
    /// Bytes of the body so far.
    private(set) var received = ByteCount.zero
    /// Whether any byte of an answer has come.
    private(set) var hasBegun = false

    init(from origin: Origin, reading: AnswerReading, atMost limit: ByteCount) {
        (self.origin, self.reading, self.limit) = (origin, reading, limit)
        reader = AnswerReader(isLenient: reading.isLenient)
    }

    var hasHead: Bool { head != nil }

    /// - Returns: `nil` where more is to come.
    mutating func receive(_ bytes: ByteBuffer) -> Outcome? {
        hasBegun = true
        reader.receive(bytes)
        do throws(AnswerProblem) {
            while let part = try reader.next() {
                if let outcome = try take(part) { return outcome }
            }
            return nil
        } catch {
            return .failed(self.error(of: error))
        }
    }

    /// The connection is over.
    ///
    /// - Parameter error: what ended it, if not the server in good order. Secure connections of cameras often just end, as
    ///   nobody's forgery could gain anything by it: whether the picture is whole shows by itself.
    mutating func closed(by error: (any Error)?) -> Outcome {
        let isOrderly = error == nil || reading.isLenient && (error as? NIOSSLError) == .uncleanShutdown
        guard let head, isOrderly, reader.isWholeWhenClosed() else { return .failed(torn) }
        return finished(head, isReusable: false)
    }

    /// What is said of an answer of which no more comes.
    var torn: HTTPError {
        let came = firstPart?.partial ?? body
        let isOfUse = head?.hasPlainSuccess == true && came.readableBytes > 0
        return .cutShort(received: received, body: isOfUse ? came : nil)
    }

    private mutating func take(_ part: AnswerReader.Part) throws(AnswerProblem) -> Outcome? {
        switch part {
        case .head(let head):
            self.head = head
            if let declared = reader.bodyLength {
                guard declared <= limit.bytes else { return .failed(.tooLarge(limit: limit, received: .zero)) }
                body.reserveCapacity(reading.makesRoomForAll ? declared : min(declared, Self.mostReserved))
            }
            if reading.takesFirstPart, head.hasPlainSuccess,
                head.value("content-type")?.lowercased().hasPrefix("multipart/") == true
            {
                firstPart = FirstPart()
            }
            return nil
        case .body(let bytes):
            received += ByteCount(bytes.readableBytes)
            guard received <= limit else { return .failed(.tooLarge(limit: limit, received: received)) }
            if firstPart != nil {
                try firstPart?.receive(bytes)
                if let head, firstPart?.isWhole == true { return finished(head, isReusable: false) }
            } else {
                body.writeImmutableBuffer(bytes)
            }
            return nil
        case .end:
            guard let head else { return nil }
            return finished(head, isReusable: head.isPersistent && !reader.hasSurplus)
        }
    }

    private mutating func finished(_ head: AnswerHead, isReusable: Bool) -> Outcome {
        if var part = firstPart {
            guard part.end() else { return .failed(torn) }
            (firstPart, body) = (part, part.body)
        }
        return .whole(
            HTTPExchangeResponse(
                status: head.status, headers: head.fields, body: body, isPartOfStream: firstPart != nil),
            isReusable: isReusable)
    }

    private func error(of problem: AnswerProblem) -> HTTPError {
        switch problem {
        case .coding(let coding): .compressed(coding, received: received)
        case .notHTTP where !hasHead: .notHTTP(origin)
        case .notHTTP, .garbled: hasHead ? torn : .notHTTP(origin)
        }
    }
}
