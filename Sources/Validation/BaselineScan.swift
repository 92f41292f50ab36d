internal import CEntropyScan
internal import Vocabulary

/// A picture that is coded by Huffman tables in one sequential scan, with all that reading the scan takes.
///
/// What does not look as nearly all cameras' pictures do is none, whether it is sound or not: libjpeg knows better.
struct BaselineScan {
    private struct Component {
        let across, down: Int
        let means, others: HuffmanTable
        /// Where its quantizers stand among all.
        let quantizers: Int
    }

    /// The entropy-coded data.
    let data: Range<Int>
    /// How many minimum coded units there are.
    let unitsAcross, unitsDown: Int
    private let components: [Component]
    private let quantizers: [UInt16]
    private let restartInterval: Int

    init?(_ picture: UnsafeRawBufferPointer, of structure: PictureStructure, tables cache: HuffmanTableCache) {
        let (header, scan) = (structure.header, structure.firstScan)
        guard structure.isPlain, structure.scanCount == 1, header.isBaseline, header.beginsWithLuma,
            scan.components == Array(header.components.indices), let scanHeader = structure.segments.last,
            let tables = DecodingTables(picture, before: structure.segments)
        else { return nil }

        // A scan of one component has units of one block, whatever the sampling factors say.
        let isAlone = header.components.count == 1
        var components: [Component] = []
        for (component, numbers) in zip(header.components, scan.tables) {
            guard let means = tables.code(forMeans: true, numbers.means).flatMap(cache.table),
                let others = tables.code(forMeans: false, numbers.others).flatMap(cache.table),
                component.quantization < 4, tables.hasQuantizers[component.quantization]
            else { return nil }
            components.append(
                Component(
                    across: isAlone ? 1 : component.horizontalSampling, down: isAlone ? 1 : component.verticalSampling,
                    means: means, others: others, quantizers: component.quantization * 64))
        }
        guard components.reduce(0, { $0 + $1.across * $1.down }) <= 10 else { return nil }
        data = scanHeader.content.upperBound..<structure.end - 2
        let (width, height) = (8 * components[0].across, 8 * components[0].down)
        unitsAcross = (header.size.width + width - 1) / width
        unitsDown = (header.size.height + height - 1) / height
        (self.components, quantizers, restartInterval) = (components, tables.quantizers, tables.restartInterval)
    }

    /// Reads the scan, and its edges with it.
    func readWithEdges(
        _ picture: UnsafeRawBufferPointer, into pixels: UnsafeMutableBufferPointer<UInt8>, size: PixelSize,
        _ report: inout entropy_report
    ) -> EdgeRows {
        EdgeRows(
            unitsAcross: unitsAcross, unitsDown: unitsDown,
            components: components.map { .init(across: $0.across, step: Int(quantizers[$0.quantizers])) }
        ) { edges in
            read(picture, into: pixels, size: size, edges: edges.baseAddress, &report)
        }
    }

    /// Reads the scan from its first code to its last.
    ///
    /// - Parameters:
    ///   - pixels: room for the luma picture, of this size.
    ///   - edges: room for each component's; see `entropy_scan`.
    func read(
        _ picture: UnsafeRawBufferPointer, into pixels: UnsafeMutableBufferPointer<UInt8>, size: PixelSize,
        edges: UnsafePointer<UnsafeMutablePointer<Int16>?>?, _ report: inout entropy_report
    ) {
        let luma = entropy_plane(samples: pixels.baseAddress, width: UInt32(size.width), height: UInt32(size.height))
        read(picture, into: [luma, entropy_plane(), entropy_plane()], edges: edges, &report)
    }

    /// Reads the scan, and makes a picture in colour of the means of its blocks.
    ///
    /// - Parameter rgb: three bytes for each block of luma of a picture of this size.
    /// - Returns: whether there is such a picture: there is none of grey ones, and of damaged ones.
    func readColours(_ picture: UnsafeRawBufferPointer, size: PixelSize, into rgb: UnsafeMutablePointer<UInt8>) -> Bool
    {
        guard components.count == 3, components[1].across == components[2].across,
            components[1].down == components[2].down
        else { return false }
        let (across, down) = (components[0].across / components[1].across, components[0].down / components[1].down)
        let luma = LumaPicture.size(of: size)
        let colour = LumaPicture.size(
            of: PixelSize(width: (size.width + across - 1) / across, height: (size.height + down - 1) / down))
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: luma.area + 2 * colour.area) { means in
            guard let means = means.baseAddress else { return false }
            let planes = [(means, luma), (means + luma.area, colour), (means + luma.area + colour.area, colour)].map {
                entropy_plane(samples: $0, width: UInt32($1.width), height: UInt32($1.height))
            }
            var report = entropy_report()
            read(picture, into: planes, edges: nil, &report)
            return report.verdict == ENTROPY_SOUND && mean_colours(planes, UInt32(across), UInt32(down), rgb)
        }
    }

    /// - Parameter planes: three.
    private func read(
        _ picture: UnsafeRawBufferPointer, into planes: [entropy_plane],
        edges: UnsafePointer<UnsafeMutablePointer<Int16>?>?, _ report: inout entropy_report
    ) {
        let bytes = UnsafeRawBufferPointer(rebasing: picture[data])
        quantizers.withUnsafeBufferPointer { quantizers in
            guard let quantizers = quantizers.baseAddress else { return }
            let entries = components.map { component in
                entropy_component(
                    across: UInt32(component.across), down: UInt32(component.down), dc: component.means.pointer,
                    ac: component.others.pointer, quantizers: quantizers + component.quantizers)
            }
            var scan = entropy_scan()
            scan.bytes = bytes.assumingMemoryBound(to: UInt8.self).baseAddress
            scan.count = bytes.count
            scan.units_across = UInt32(unitsAcross)
            scan.units_down = UInt32(unitsDown)
            scan.restart_interval = UInt32(restartInterval)
            scan.component_count = UInt32(entries.count)
            scan.components.0 = entries[0]
            if entries.count == 3 { (scan.components.1, scan.components.2) = (entries[1], entries[2]) }
            withExtendedLifetime(components) {
                entropy_scan(&scan, planes, edges, &report)
            }
        }
    }
}

extension FrameHeader {
    /// Whether the first component is surely luma, at full resolution, and the others have whole fractions of it.
    fileprivate var beginsWithLuma: Bool {
        guard [1, 3].contains(components.count), Set(components.map(\.identifier)).count == components.count,
            // libjpeg takes components that are called so for red, green and blue.
            components.map(\.identifier) != Array("RGB".utf8)
        else { return false }
        let first = components[0]
        return components.allSatisfy {
            first.horizontalSampling.isMultiple(of: $0.horizontalSampling)
                && first.verticalSampling.isMultiple(of: $0.verticalSampling)
        }
    }
}
