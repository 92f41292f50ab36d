import NIOCore
import Simulator
import TestSupport
import Validation
import Vocabulary

@testable import Export

/// A simulated print, as the search for steady frames sees it, and where the head was in each picture.
struct SimulatedHead {
    let positions: [HeadPosition]
    let pictures: [LumaPicture]
    private let steps: Int

    private static let size = PixelSize(width: 320, height: 240)

    /// - Parameter candidates: in each step.
    init(seed: UInt64, steps: Int, candidates: Int) throws {
        var settings = SimulatorSettings()
        (settings.seed, settings.pictureSize, settings.warmUp) = (seed, Self.size, .zero)
        let printer = SimulatedPrinter(settings)
        let camera = try SimulatedCamera(settings)
        let count = steps * candidates
        self.steps = steps
        var (positions, pictures): ([HeadPosition], [LumaPicture]) = ([], [])
        for number in 0..<count {
            // From the middle of a print, in steps as short as a video of some seconds has them.
            let time = settings.printDuration * 0.4 + settings.printDuration * 0.01 * steps / count * number
            let jpeg = TestJPEG(Array(try camera.picture(of: printer, at: time, number: number).readableBytesView))
            pictures.append(try FrameValidator().validate(jpeg.snapshot()).luma)
            positions.append(printer.headPosition(at: time))
        }
        (self.positions, self.pictures) = (positions, pictures)
    }

    /// The middle of every step.
    var evenly: [Int] { (0..<steps).map { $0 * length + length / 2 } }

    var length: Int { pictures.count / steps }

    /// The places that the search takes, after each picture was changed.
    func steadily(_ change: (Int, LumaPicture) -> LumaPicture = { $1 }) -> [Int] {
        let grid = SceneGrid(for: Self.size)
        var path = SteadyPath(grid)
        func step(_ number: Int) -> SteadyStep {
            let middle = number * length + length / 2
            return SteadyStep(
                (number * length..<(number + 1) * length).map { place in
                    SteadyStep.Candidate(
                        place: place, offset: Float(abs(place - middle)) / Float(length / 2),
                        view: grid.view(of: change(place, pictures[place])))
                })
        }
        for number in steps / 2..<steps { path.takeForwards(step(number)) }
        for number in (0..<steps / 2).reversed() { path.takeBackwards(step(number)) }
        return path.places
    }

    /// The root of the mean square of the head's distance from its mean place above the bed, in millimetres.
    func spread(_ places: [Int]) -> Double {
        let heads = places.map { positions[$0] }
        let count = Double(heads.count)
        let x = heads.reduce(0) { $0 + $1.x } / count
        let y = heads.reduce(0) { $0 + $1.y } / count
        let squares = heads.reduce(0) { $0 + ($1.x - x) * ($1.x - x) + ($1.y - y) * ($1.y - y) }
        return (squares / count).squareRoot()
    }

    /// The root of the mean square of the distance from the middle of the step, in steps.
    func spacingError(_ places: [Int]) -> Double {
        let squares = zip(places, evenly).reduce(0.0) { sum, pair in
            let error = Double(pair.0 - pair.1) / Double(length)
            return sum + error * error
        }
        return (squares / Double(places.count)).squareRoot()
    }
}

/// What a room does to pictures: a lamp that flickers by 30 %, and noise.
struct UneasyRoom {
    func picture(_ number: Int, of picture: LumaPicture) -> LumaPicture {
        var random = UInt64(number + 1) &* 0x9e37_79b9_7f4a_7c15
        func next() -> Double {
            random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(random >> 33) / Double(1 << 31)
        }
        let light = 0.7 + 0.6 * next()
        let pixels = picture.pixels.map { pixel in UInt8(min(255, max(0, Double(pixel) * light + 6 * (next() - 0.5)))) }
        return LumaPicture(of: picture.pictureSize, pixels: pixels) ?? picture
    }
}
