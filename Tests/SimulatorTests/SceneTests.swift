import CTurboJPEG
import NIOCore
import Simulator
import Testing
import Vocabulary

@Suite struct `The simulated camera` {
    private let settings: SimulatorSettings = {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 320, height: 240)
        return settings
    }()

    @Test func `takes pictures that decode to their size`() throws {
        let camera = try SimulatedCamera(settings)
        for second in [0, 55, 700, 1900] {
            let picture = try camera.picture(of: SimulatedPrinter(settings), at: .seconds(second), number: second)
            let luma = try Luma(decoding: picture)
            #expect(luma.size == settings.pictureSize)
            // Neither black nor burnt out.
            #expect((50...160).contains(luma.mean))
        }
    }

    @Test func `takes the same picture from the same seed, time and number, whatever it took before`() throws {
        let printer = SimulatedPrinter(settings)
        let camera = try SimulatedCamera(settings)
        let first = try camera.picture(of: printer, at: .seconds(900), number: 90)
        for second in [60, 1800, 2900] { _ = try camera.picture(of: printer, at: .seconds(second), number: second) }
        let again = try camera.picture(of: printer, at: .seconds(900), number: 90)
        let other = try SimulatedCamera(settings).picture(of: printer, at: .seconds(900), number: 90)
        #expect(first == again)
        #expect(first == other)
        var reseeded = settings
        reseeded.seed = 2
        let elsewhere = try SimulatedCamera(reseeded).picture(
            of: SimulatedPrinter(reseeded), at: .seconds(900), number: 90)
        #expect(first != elsewhere)
    }

    @Test func `has noise, but little: an idle printer's pictures differ by a few steps`() throws {
        var idle = settings
        idle.startsPrinting = false
        let camera = try SimulatedCamera(idle)
        let printer = SimulatedPrinter(idle)
        let first = try Luma(decoding: camera.picture(of: printer, at: .seconds(10), number: 1))
        let second = try Luma(decoding: camera.picture(of: printer, at: .seconds(10), number: 2))
        let difference = first.meanDifference(to: second)
        #expect(difference > 0.5 && difference < 6)
    }

    @Test func `sees the head move from picture to picture`() throws {
        let camera = try SimulatedCamera(settings)
        let printer = SimulatedPrinter(settings)
        var last: Luma?
        for second in stride(from: 400, to: 480, by: 10) {
            let luma = try Luma(decoding: camera.picture(of: printer, at: .seconds(second), number: second / 10))
            if let last { #expect(luma.largestDifference(to: last) > 40) }
            last = luma
        }
    }

    @Test func `sees the part grow`() throws {
        let camera = try SimulatedCamera(settings)
        let printer = SimulatedPrinter(settings)
        // Finished and parked against idle and parked: what differs is the part.
        let bare = try Luma(decoding: camera.picture(of: printer, at: .seconds(5), number: 1))
        let full = try Luma(decoding: camera.picture(of: printer, at: .seconds(1900), number: 1))
        #expect(full.meanDifference(to: bare, columns: 120..<200, rows: 130..<200) > 25)
    }

    @Test func `draws boxes into a tagged picture`() throws {
        let camera = try SimulatedCamera(settings)
        let printer = SimulatedPrinter(settings)
        let raw = try Luma(decoding: camera.picture(of: printer, at: .seconds(900), number: 90))
        let tagged = try Luma(decoding: camera.picture(of: printer, at: .seconds(900), number: 90, tagged: true))
        #expect(tagged.largestDifference(to: raw) > 40)
        #expect(tagged.meanDifference(to: raw) < 5)
    }

    @Test func `refuses sizes that are no pictures`() {
        var settings = SimulatorSettings()
        settings.pictureSize = PixelSize(width: 16, height: 16)
        #expect(throws: SimulatorError.self) { try SimulatedCamera(settings) }
    }
}

@Suite struct `The simulated head` {
    private let printer = SimulatedPrinter()

    @Test func `rises layer by layer and stays over the part`() {
        var last = 0.0
        for second in stride(from: 60, to: 1860, by: 7) {
            let head = printer.headPosition(at: .seconds(second))
            #expect(head.z >= last)
            #expect(abs(head.x) < 60 && abs(head.y) < 40)
            last = head.z
        }
        #expect(last > 50)
    }

    @Test func `moves within a layer and parks after the print`() {
        let positions = Set((600..<612).map { printer.headPosition(at: .seconds($0)) })
        #expect(positions.count == 12)
        let parked = printer.headPosition(at: .seconds(1900))
        #expect(parked == printer.headPosition(at: .seconds(2000)))
        #expect(parked.x < -90)
    }

    @Test func `draws a purge line before the first layer`() {
        let (start, end) = (printer.headPosition(at: .seconds(43)), printer.headPosition(at: .seconds(59)))
        #expect(start.y == end.y && start.x < end.x && start.z == end.z)
    }
}

/// The brightness of a decoded picture.
struct Luma {
    let size: PixelSize
    let pixels: [UInt8]

    init(decoding jpeg: ByteBuffer) throws {
        let handle = try #require(tjInitDecompress())
        defer { tjDestroy(handle) }
        let bytes = Array(jpeg.readableBytesView)
        var (width, height, sampling, space): (Int32, Int32, Int32, Int32) = (0, 0, 0, 0)
        try #require(tjDecompressHeader3(handle, bytes, UInt(bytes.count), &width, &height, &sampling, &space) == 0)
        #expect(sampling == Int32(TJSAMP_420.rawValue))
        var pixels = [UInt8](repeating: 0, count: Int(width * height))
        try #require(
            tjDecompress2(
                handle, bytes, UInt(bytes.count), &pixels, width, 0, height, Int32(TJPF_GRAY.rawValue),
                TJFLAG_STOPONWARNING) == 0)
        self.size = PixelSize(width: Int(width), height: Int(height))
        self.pixels = pixels
    }

    var mean: Double { Double(pixels.reduce(0) { $0 + Int($1) }) / Double(pixels.count) }

    func largestDifference(to other: Luma) -> Int {
        zip(pixels, other.pixels).reduce(0) { max($0, abs(Int($1.0) - Int($1.1))) }
    }

    func meanDifference(to other: Luma, columns: Range<Int>? = nil, rows: Range<Int>? = nil) -> Double {
        var (sum, count) = (0, 0)
        for y in rows ?? 0..<size.height {
            for x in columns ?? 0..<size.width {
                sum += abs(Int(pixels[y * size.width + x]) - Int(other.pixels[y * size.width + x]))
                count += 1
            }
        }
        return Double(sum) / Double(count)
    }
}
