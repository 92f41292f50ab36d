internal import Catalog
internal import HTTPTypes
internal import Hummingbird
internal import Vocabulary

extension Gallery {
    /// `GET /cameras/{camera}/sheets/{level}/{index}`
    func getSheet(_ visit: Visit) async throws -> Response {
        let level = Int(try visit.number("level", in: 0...34))
        let index = try visit.number("index", in: 0...256_409_999)
        let width = try visit.query.number("width", in: 80...320) ?? 160
        guard Sheet.widths.contains(width) else { throw Problem.badRequest("“width” is none of 80, 160, 320.") }
        let camera = try await visit.camera()
        let ends = Sheet.ends(level: level, index: index)
        // The newest frame's shape is that of the cells.
        let frames = try await catalog.frames(of: camera, before: ends + [Timestamp(milliseconds: .max)])
        guard let newest = frames.last ?? nil else {
            throw Problem.notFound("no_such_frame", "The camera has no frame yet.")
        }
        let shape = try await catalog.standingSize(of: newest)
        let sheet = Sheet(level: level, width: width, frames: Array(frames.dropLast()), newest: shape)

        let isOver = ends.last.map { $0 < Timestamp.wallClock - .seconds(3600) } == true
        let tag = sheet.tag
        let headers: HTTPFields = [
            .contentType: "image/jpeg", .eTag: tag.text, .vary: "Accept",
            .cacheControl: isOver ? "private, max-age=86400" : "private, no-cache",
        ]
        if tag.matches(visit.request.headers[.ifNoneMatch]) { return Response(status: .notModified, headers: headers) }
        let bytes = try await pictures.picture(tag.text) { [self] in try await sheets.make(sheet, from: catalog) }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: bytes))
    }
}
