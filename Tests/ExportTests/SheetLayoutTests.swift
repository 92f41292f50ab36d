import FoundationEssentials
import Testing
import Vocabulary

@testable import Export

@Suite struct `A page of pictures` {
    @Test(arguments: [(4.0 / 3, 6, 5), (16.0 / 9, 5, 6), (3.0 / 4, 8, 4)])
    func `is full by default, and broader than high`(shape: Double, columns: Int, rows: Int) {
        let grid = PageGrid(ofPicturesShaped: shape)
        #expect((grid.columns, grid.rows) == (columns, rows))
    }

    @Test(arguments: [1, 2, 3, 5, 7, 12, 17, 30, 99, 1000, 10_000], [0.5, 4.0 / 3, 16.0 / 9])
    func `has room for every picture, and no row more`(count: Int, shape: Double) {
        let grid = PageGrid(holding: count, shaped: shape)
        #expect(grid.count >= count)
        #expect(grid.count - grid.columns < count)
        if count >= 30 { #expect((1.2...1.9).contains(Double(grid.columns) * shape / Double(grid.rows))) }
    }

    @Test(arguments: [20, 31, 43, 57, 64, 91, 129], [4.0 / 3, 16.0 / 9])
    func `has no last row that is nearly empty`(count: Int, shape: Double) {
        let grid = PageGrid(holding: count, shaped: shape)
        #expect((count - (grid.rows - 1) * grid.columns) * 3 >= grid.columns)
    }

    @Test func `has the columns that were asked for`() {
        #expect(PageGrid(holding: 10, shaped: 1, columns: 4) == PageGrid(holding: 12, shaped: 1, columns: 4))
        #expect(PageGrid(ofPicturesShaped: 4.0 / 3, columns: 2).rows == 15)
    }
}

@Suite struct `A contact sheet's layout` {
    private static let hd = PixelSize(width: 1920, height: 1080)

    private static func layout(_ count: Int, columns: Int? = nil, of size: PixelSize = hd) throws -> ContactLayout {
        let shape = Double(size.width) / Double(size.height)
        return try ContactLayout(
            PageGrid(holding: count, shaped: shape, columns: columns), of: size, aimingAt: 2400,
            widestLabel: "00:00:00")
    }

    @Test(arguments: [PixelSize(width: 640, height: 480), PixelSize(width: 1280, height: 960), hd])
    func `takes a multiple of an eighth, which needs no further scaling`(size: PixelSize) throws {
        let layout = try Self.layout(30, of: size)
        #expect((1...8).map { size.scaled(eighths: $0) }.contains(layout.cell))
        #expect((1800...3200).contains(layout.size.width))
        #expect(layout.label != nil)
    }

    @Test func `holds ten thousand frames, small and without lettering`() throws {
        let layout = try Self.layout(10_000)
        #expect(layout.label == nil)
        #expect(layout.cell.width == 64)
        #expect(layout.size.area < 40_000_000)
    }

    @Test func `makes pictures smaller until they fit a JPEG`() throws {
        let layout = try Self.layout(1500, columns: 1)
        #expect(layout.size.height <= 65_500)
        #expect(layout.cell.height >= 8)
    }

    @Test func `is refused where not even the smallest fit`() {
        let error = #expect(throws: ExportError.self) { try Self.layout(10_000, columns: 1) }
        #expect(error?.label == "unusable_sheet")
        #expect(error?.description.contains("10000 pictures in 1 columns") == true)
    }

    @Test(arguments: [1, 2, 30, 10_000])
    func `has its places within the sheet, and apart`(count: Int) throws {
        let layout = try Self.layout(count)
        let right = layout.left(of: layout.grid.columns - 1) + layout.cell.width
        #expect(right + layout.style.margin <= layout.size.width)
        #expect(layout.gap >= 1)
        #expect(layout.style.headingHeight + layout.grid.rows * layout.rowHeight <= layout.size.height)
    }
}

@Suite struct `A sheet's clock` {
    private static let start = Timestamp(milliseconds: 1_795_442_700_250)  // 2026-11-23T14:05:00.250Z

    private static func clock(_ length: Duration, zone: Int = 3600) throws -> SheetClock {
        SheetClock(span: start...start + length, timeZone: try #require(TimeZone(secondsFromGMT: zone)))
    }

    @Test func `tells a span within a day and over several`() throws {
        #expect(try Self.clock(.zero).spanText == "2026-11-23, 15:05:00")
        #expect(try Self.clock(.seconds(742)).spanText == "2026-11-23, 15:05:00 – 15:17:22")
        #expect(
            try Self.clock(.seconds(86_400)).spanText == "2026-11-23, 15:05:00 – 2026-11-24, 15:05:00")
    }

    @Test func `labels frames with their local time, and with the day where there are more`() throws {
        #expect(try Self.clock(.seconds(60)).label(Self.start) == "15:05:00")
        #expect(try Self.clock(.seconds(90_000)).label(Self.start) == "23 Nov 15:05")
        // Within a day in UTC, and two of them here.
        #expect(try Self.clock(.seconds(60), zone: 9 * 3600 + 54 * 60 + 59).label(Self.start) == "23 Nov 23:59")
    }

    @Test func `marks round times on the axis of a keogram`() throws {
        let clock = try Self.clock(.seconds(600))
        let times = (0..<600).map { Self.start + .seconds($0) }
        let axis = KeogramAxis(times, spacing: 100, clock: clock)
        #expect(axis.marks.map(\.text) == Self.even)
        #expect(axis.marks.map(\.column) == [60, 180, 300, 420, 540])
        let backwards = KeogramAxis(times.reversed(), spacing: 100, clock: clock)
        #expect(backwards.marks.map(\.text) == Self.even.reversed())
    }

    private static let even = ["15:06", "15:08", "15:10", "15:12", "15:14"]

    @Test func `marks days by their date`() throws {
        let clock = try Self.clock(.seconds(3 * 86_400))
        let times = (0..<72).map { Self.start + .seconds($0 * 3600) }
        #expect(KeogramAxis(times, spacing: 20, clock: clock).marks.map(\.text) == ["24 Nov", "25 Nov", "26 Nov"])
    }

    @Test func `marks a minute without frames, and no step that is usual`() throws {
        let clock = try Self.clock(.seconds(1260))
        let times =
            (0..<60).map { Self.start + .seconds($0 * 10) } + (0..<60).map { Self.start + .seconds(660 + $0 * 10) }
        let axis = KeogramAxis(times, spacing: 10, clock: clock)
        #expect(axis.holes == [KeogramAxis.Hole(column: 60, length: .seconds(70))])
        #expect(axis.holesText == "1 hole of 1m 10s, marked")
        #expect(KeogramAxis(times.reversed(), spacing: 10, clock: clock).holes.map(\.column) == [60])
        #expect(KeogramAxis((0..<100).map { Self.start + .seconds($0 * 300) }, spacing: 10, clock: clock).holes.isEmpty)
    }

    @Test func `has no marks where nothing fits`() throws {
        let clock = try Self.clock(.seconds(1))
        #expect(KeogramAxis([Self.start], spacing: 10, clock: clock).marks.isEmpty)
    }
}

@Suite struct `A sheet's subject` {
    @Test func `is told in words`() throws {
        let start = Timestamp(milliseconds: 1_795_442_700_250)
        let clock = SheetClock(
            span: start...start + .seconds(742), timeZone: try #require(TimeZone(secondsFromGMT: 0)))
        let subject = SheetSubject(
            kind: .contact, givenTitle: nil, cameras: [try CameraName("printer")], printName: "benchy.gcode",
            clock: clock, frames: 3412)
        #expect(subject.title == "printer · benchy.gcode")
        #expect(subject.details(shown: 30) == "2026-11-23, 14:05:00 – 14:17:22 · 12m 22s · 30 of 3412 frames")
        #expect(subject.details(shown: 3412).hasSuffix("· 3412 frames"))
    }
}
