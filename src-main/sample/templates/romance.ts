import { approvedAsWritten, type TemplateStory } from './template-story.ts';

/** French and Spanish. */
export const ROMANCE_TEMPLATES = {
  'damaged-fr': [
    approvedAsWritten(
      { workday: -7, at: '10:15' },
      { by: 'yuki', comms: 'ingrid', legal: 'rachel' },
      {
        name: 'Produit arrivé abîmé',
        language: 'fr',
        body: 'Bonjour {{nom}}, nous sommes désolés de l’état dans lequel vous avez reçu {{produit}}. Un nouveau colis part {{jour}} ; inutile de renvoyer l’ancien. Le numéro de suivi vous parvient par message privé. acme.example/aide',
        slots: {
          nom: ['name', 'Le nom du client, comme il signe', 'Camille'],
          produit: ['text', 'Le produit, avec « votre »', 'votre bouilloire'],
          jour: ['date', 'Le jour du départ', 'demain'],
        },
      },
    ),
  ],
  'spare-part-fr': [
    approvedAsWritten(
      { workday: -6, at: '14:10' },
      { by: 'ingrid', comms: 'yuki', legal: 'rachel' },
      {
        name: 'Pièce de rechange de nouveau en stock',
        language: 'fr',
        body: 'Bonjour, la pièce {{reference}} ({{piece}}) est de nouveau en stock. Vous la commandez sur acme.example/pieces ; elle arrive sous {{delai}}. La notice de montage est jointe.',
        slots: {
          reference: ['reference', 'La référence de la pièce', 'JC-204'],
          piece: ['text', 'Le nom de la pièce', 'joint de cuve'],
          delai: ['text', 'Le délai de livraison', 'quatre jours ouvrés'],
        },
      },
    ),
  ],
  'discount-es': [
    approvedAsWritten(
      { workday: -7, at: '11:30' },
      { by: 'kwame', comms: 'yuki', legal: 'tomasz' },
      {
        name: 'Descuento que falta en la factura',
        language: 'es',
        body: 'Hola, {{nombre}}. Gracias por avisar. El descuento de {{importe}} no se aplicó por un fallo de la tienda; la factura corregida está desde hoy en su cuenta: acme.example/facturas. Disculpe las molestias.',
        slots: {
          nombre: ['name', 'Cómo se llama el cliente', 'Lucía'],
          importe: ['amount', 'El descuento que falta', '59,85 €'],
        },
      },
    ),
  ],
  'holidays-es': [
    {
      from: { workday: -1, at: '15:20' },
      steps: [
        [
          0,
          'yuki',
          {
            do: 'revise',
            wording: {
              name: 'Atención durante los festivos',
              language: 'es',
              body: 'Hola. Entre {{desde}} y {{hasta}} atendemos de 9 a 14 h; los pedidos se envían todos los días laborables. Para averías: acme.example/averias',
              slots: {
                desde: ['date', 'Primer día festivo', '24 de diciembre'],
                hasta: ['date', 'Último día festivo', '6 de enero'],
              },
            },
          },
        ],
      ],
    },
  ],
} as const satisfies Readonly<Record<string, TemplateStory>>;
