internal import Catalog
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore
internal import Vocabulary

extension Gallery {
    /// `GET /frames/{frame}/picture`
    func getPicture(_ visit: Visit) async throws -> Response {
        let width = try visit.query.number("width", in: 16...16_384)
        let isDownload = try visit.query.number("download", in: 0...1) == 1
        let frame = try await frame(visit.frame())
        var headers: HTTPFields = [
            .contentType: "image/jpeg", .cacheControl: "private, max-age=31536000, immutable",
        ]
        if isDownload {
            let name = "\(frame.camera.text.asFileName)-\(frame.capturedAt.fileNameText).jpg"
            headers[.contentDisposition] = "attachment; filename=\"\(name)\""
        }
        var eighths = 8
        if let width {
            // As wide as asked when it stands.
            eighths = try await catalog.standingSize(of: frame).eighths(covering: PixelSize(width: width, height: 1))
        }
        if eighths == 8 { return try await wholePicture(of: frame, headers, to: visit) }

        let tag = EntityTag("\(frame.sha256)-\(eighths)-jpeg")
        headers[.eTag] = tag.text
        headers[.vary] = "Accept"
        if tag.matches(visit.request.headers[.ifNoneMatch]) { return Response(status: .notModified, headers: headers) }
        let bytes = try await pictures.picture(tag.text) { [self, eighths] in
            try await smallPicture(of: frame, eighths: eighths)
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }

    /// Byte for byte as it was captured, or what compacting made of that without loss: a digest of the very bytes names them.
    private func wholePicture(
        of frame: ArchivedFrame, _ headers: HTTPFields, to visit: Visit
    ) async throws -> Response {
        var headers = headers
        headers[.acceptRanges] = "bytes"
        // What may be known already is not read for that.
        if let known = visit.request.headers[.ifNoneMatch], let stored = try await catalog.storedPicture(of: frame) {
            let tag = EntityTag("\(stored.sha256)")
            headers[.eTag] = tag.text
            if tag.matches(known) { return Response(status: .notModified, headers: headers) }
        }
        let picture = try await checkedPicture(of: frame)
        let tag = EntityTag("\(picture.sha256)")
        headers[.eTag] = tag.text
        let range = try ByteRange(
            visit.request.headers[.range], of: picture.bytes.readableBytes, unless: visit.request.headers[.ifRange],
            is: tag)
        if let text = range.contentRange { headers[.contentRange] = text }
        let bytes = picture.bytes.getSlice(at: picture.bytes.readerIndex + range.first, length: range.length)
        return Response(
            status: range.isPart ? .partialContent : .ok, headers: headers,
            body: ResponseBody(byteBuffer: bytes ?? ByteBuffer()))
    }

    /// It stands, as browsers have the whole one stand by its Exif data, which a small one does not carry.
    private func smallPicture(of frame: ArchivedFrame, eighths: Int) async throws -> ByteBuffer {
        let picture = try await checkedPicture(of: frame)
        let small = try await sheets.threads.run(.picture) {
            Pixels(decoding: picture.bytes, of: frame.size, eighths: eighths)?
                .turned(PictureOrientation(of: picture.bytes)).jpeg(quality: 80)
        }
        guard let small else { throw Problem.damaged("The picture of frame \(frame.id) cannot be decoded.") }
        return small
    }

    /// - Throws: ``Problem/damaged(_:)``
    private func checkedPicture(of frame: ArchivedFrame) async throws -> CheckedPicture {
        do {
            return try await catalog.checkedPicture(of: frame)
        } catch ArchiveError.damaged {
            throw Problem.damaged("The picture of frame \(frame.id) is not what was stored, or is missing.")
        }
    }
}
